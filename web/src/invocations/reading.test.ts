import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import type { OutputEvent, OutputPage } from "#contract/shapes/invocation-output.ts";

import { type EventWire, followOutput } from "./follow.ts";
import { type Hearing, hasEarlier, openReader, type OutputSource, type Reader } from "./reader.ts";
import { type Placed, placedIn, type Spot } from "./stretch.ts";

const LINE = 10;
const PAGE = 400;

/** Rounds of so many lines each, of which every third says two things; what is followed is told by hand. */
function outputOf(rounds: readonly number[]) {
  const lines = [...rounds];
  const eventsOf = (line: number): readonly OutputEvent[] =>
    Array.from({ length: line % 3 === 0 ? 2 : 1 }, (_, index) => ({
      at: line * LINE,
      type: "text",
      text: `line ${line}.${index} ${"x".repeat(line % 90)}`,
      form: "whole",
      under: null,
    }));
  const pageOf = (round: number, from: number, to: number): OutputPage => ({
    items: Array.from({ length: to - from }, (_, index) => eventsOf(from + index)).flat(),
    from: from * LINE,
    to: to * LINE,
    size: (lines[round - 1] ?? 0) * LINE,
    ended: true,
  });
  let hearing: Hearing | undefined;
  let followedFrom: Spot | undefined;
  const source: OutputSource = {
    problemOf: () => ({ type: "about:blank", title: "No", status: 0, detail: "No", code: "x" }),
    before: (round, byte) => {
      const to = byte === undefined ? (lines[round - 1] ?? 0) : byte / LINE;
      return Promise.resolve(pageOf(round, Math.max(0, to - PAGE), to));
    },
    after: ({ round, byte }) => {
      const from = byte / LINE;
      return Promise.resolve(pageOf(round, from, Math.min(lines[round - 1] ?? 0, from + PAGE)));
    },
    follow: (from, heard) => {
      [followedFrom, hearing] = [from, heard];
      heard.connected();
      return () => {
        hearing = undefined;
      };
    },
  };
  const write = (count: number): void => {
    const round = lines.length;
    const from = lines[round - 1] ?? 0;
    lines[round - 1] = from + count;
    const placed = pageOf(round, from, from + count).items.map((event) => placedIn(round, event));
    hearing?.heard({ placed, next: { round, byte: (from + count) * LINE } });
  };
  /** Everything between two spots, as it was written. */
  const between = (first: Spot, next: Spot): readonly Placed[] =>
    lines.flatMap((count, index) => {
      const round = index + 1;
      if (round < first.round || round > next.round) return [];
      const from = round === first.round ? first.byte / LINE : 0;
      const to = round === next.round ? next.byte / LINE : count;
      return pageOf(round, from, to).items.map((event) => placedIn(round, event));
    });
  return {
    source,
    write,
    between,
    lines,
    followedFrom: () => followedFrom,
    hearing: () => hearing,
  };
}

function stretchIn(reader: Reader) {
  const { stretch } = reader.reading();
  assert.ok(stretch !== undefined);
  return stretch;
}

test("CP-10 output opens at its end, whatever its size, and is followed from there", async () => {
  const output = outputOf([30, 250_000]);
  const reader = openReader(output.source);
  await reader.open({ latest: 2, mayBeEmpty: true });
  const { first, next, placed } = stretchIn(reader);
  assert.deepEqual(first, { round: 2, byte: (250_000 - PAGE) * LINE });
  assert.deepEqual(next, { round: 2, byte: 2_500_000 });
  assert.deepEqual(placed, output.between(first, next));
  assert.deepEqual(output.followedFrom(), next);
  assert.equal(reader.reading().following, "live");
});

test("PG-122 output is opened around the line where something was found, unless that is held already", async () => {
  const output = outputOf([30, 250_000]);
  const reader = openReader(output.source);
  await reader.open({ latest: 2, mayBeEmpty: true });
  await reader.openAt({ round: 2, byte: 1000 * LINE });
  const { first, next, placed } = stretchIn(reader);
  assert.deepEqual([first.byte, next.byte], [(1000 - PAGE) * LINE, (1000 + PAGE) * LINE]);
  assert.deepEqual(placed, output.between(first, next));
  assert.equal(reader.reading().following, "off");
  await reader.openAt({ round: 2, byte: 1100 * LINE });
  assert.equal(stretchIn(reader).placed, placed);
  await reader.openAt({ round: 1, byte: 0 });
  assert.deepEqual(stretchIn(reader).first, { round: 1, byte: 0 });
});

const ACTS = {
  earlier: (reader: Reader) => reader.loadEarlier(),
  later: (reader: Reader) => reader.loadLater(),
  end: (reader: Reader) => reader.open({ latest: 3, mayBeEmpty: true }),
  find: (reader: Reader) => reader.openAt({ round: 1, byte: 350 * LINE }),
  "find far": (reader: Reader) => reader.openAt({ round: 3, byte: 1500 * LINE }),
  look: (reader: Reader) => reader.lookAtEnd(true),
  "look away": (reader: Reader) => reader.lookAtEnd(false),
  lose: (_reader: Reader, output: ReturnType<typeof outputOf>) => {
    output.hearing()?.lost();
    output.hearing()?.connected();
  },
} as const;

const acts = fc.array(
  fc.oneof(
    fc.constantFrom(...(Object.keys(ACTS) as (keyof typeof ACTS)[])),
    fc.integer({ min: 1, max: 900 }),
  ),
  { maxLength: 40 },
);

test("CP-11 wherever one looks and whatever comes meanwhile, what is held is bounded, unbroken and as it was written", async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (list) => {
      const output = outputOf([700, 0, 3000]);
      const reader = openReader(output.source);
      await reader.open({ latest: 3, mayBeEmpty: true });
      for (const act of list) {
        if (typeof act === "number") output.write(act);
        else await ACTS[act](reader, output);
        await new Promise(setImmediate);
        const { first, next, placed } = stretchIn(reader);
        assert.deepEqual(placed, output.between(first, next));
        assert.ok(placed.length <= 4000 + 2 * PAGE, `${placed.length} events`);
        const { following } = reader.reading();
        const end = { round: 3, byte: (output.lines[2] ?? 0) * LINE };
        if (following !== "off") assert.deepEqual(next, end);
      }
    }),
    { numRuns: 60 },
  );
});

test("CP-10 where more is written than anybody could read, one is at its end all the same", async () => {
  const output = outputOf([1000]);
  const reader = openReader(output.source);
  await reader.open({ latest: 1, mayBeEmpty: true });
  for (let times = 0; times < 3; times += 1) output.write(900);
  await new Promise(setImmediate);
  const { first, next, placed } = stretchIn(reader);
  assert.deepEqual(next, { round: 1, byte: 3700 * LINE });
  assert.equal(first.byte, 3300 * LINE);
  assert.deepEqual(placed, output.between(first, next));
  assert.deepEqual(output.followedFrom(), next);
});

test("CP-12 one can go up to the very beginning, over all rounds, and down again to the end", async () => {
  const output = outputOf([900, 6000]);
  const reader = openReader(output.source);
  await reader.open({ latest: 2, mayBeEmpty: true });
  reader.lookAtEnd(false);
  for (let times = 0; hasEarlier(reader.reading()) && times < 50; times += 1)
    await reader.loadEarlier();
  assert.deepEqual(stretchIn(reader).first, { round: 1, byte: 0 });
  assert.equal(reader.reading().following, "off");
  for (let times = 0; reader.reading().following === "off" && times < 50; times += 1)
    await reader.loadLater();
  assert.deepEqual(stretchIn(reader).next, { round: 2, byte: 60_000 });
  assert.equal(reader.reading().following, "live");
});

test("CP-10 a round that has written nothing yet is followed from its beginning; what is not kept any more is said", async () => {
  const output = outputOf([20, 0]);
  const source: OutputSource = {
    ...output.source,
    problemOf: () => ({ type: "about:blank", title: "Gone", status: 404, detail: "", code: "x" }),
    before: () => Promise.reject(new Error("not there")),
  };
  const reader = openReader(source);
  await reader.open({ latest: 2, mayBeEmpty: true });
  assert.deepEqual(output.followedFrom(), { round: 2, byte: 0 });
  output.write(3);
  assert.deepEqual(stretchIn(reader).next, { round: 2, byte: 3 * LINE });
  const over = openReader(source);
  await over.open({ latest: 2, mayBeEmpty: false });
  assert.equal(over.reading().stretch, undefined);
  assert.equal(over.reading().problem?.title, "Gone");
});

test("CP-13 what cannot be read is said, and what is held stays", async () => {
  const output = outputOf([2000]);
  const failing: OutputSource = {
    ...output.source,
    before: (round, byte) =>
      byte === undefined ? output.source.before(round) : Promise.reject(new Error("gone")),
  };
  const reader = openReader(failing);
  await reader.open({ latest: 1, mayBeEmpty: true });
  const held = stretchIn(reader);
  await reader.loadEarlier();
  assert.equal(reader.reading().problem?.title, "No");
  assert.deepEqual(stretchIn(reader), held);
});

interface Wire extends EventWire {
  readonly tell: (type: string, data?: unknown, id?: string) => void;
  readyState: number;
}

function wireOf(): Wire {
  const listeners = new Map<string, (event: { data?: unknown; lastEventId?: string }) => void>();
  let lastEventId = "";
  return {
    readyState: 1,
    addEventListener: (type, listener) => listeners.set(type, listener),
    close: () => {},
    tell: (type, data = {}, id = lastEventId) => {
      lastEventId = id;
      listeners.get(type)?.({ data: JSON.stringify(data), lastEventId });
    },
  };
}

test("CP-14 a lost connection goes on at the last whole line; none is lost, none doubled", () => {
  const wires: Wire[] = [];
  const from: Spot[] = [];
  const timers: (() => void)[] = [];
  const heard: Placed[] = [];
  let next: Spot = { round: 1, byte: 0 };
  const states: string[] = [];
  const line = (at: number) => ({
    round: 1,
    at,
    type: "text",
    text: "x",
    form: "whole",
    under: null,
  });
  followOutput(
    {
      open: (spot) => {
        from.push(spot);
        const wire = wireOf();
        wires.push(wire);
        return wire;
      },
      onChanged: () => {},
      soon: (call) => {
        timers.push(call);
        return () => {};
      },
    },
    next,
    {
      heard: (more) => {
        heard.push(...more.placed);
        next = more.next;
      },
      connected: () => {
        states.push("connected");
        const whole = heard.filter(({ event }) => event.at < next.byte);
        heard.splice(0, heard.length, ...whole);
      },
      lost: () => states.push("lost"),
      ended: () => states.push("ended"),
    },
  );
  const [first] = wires;
  assert.ok(first !== undefined);
  first.tell("open");
  first.tell("output", line(0), "1:10");
  first.tell("output", line(10));
  first.readyState = 2;
  first.tell("error");
  timers.at(-1)?.();
  const second = wires[1];
  assert.ok(second !== undefined);
  second.tell("open");
  second.tell("output", line(10));
  second.tell("output", line(10), "1:20");
  timers.at(-1)?.();
  assert.equal(heard.length, 3);
  second.tell("end");
  assert.deepEqual(from, [
    { round: 1, byte: 0 },
    { round: 1, byte: 10 },
  ]);
  assert.deepEqual(
    heard.map(({ event }) => event.at),
    [0, 10, 10],
  );
  assert.deepEqual(states, ["connected", "lost", "connected", "ended"]);
});
