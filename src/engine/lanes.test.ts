import assert from "node:assert/strict";
import { test } from "node:test";

import { Fault } from "#domain/fault.ts";
import type { Ledger } from "#ledger/ledger.ts";

import { openEngine } from "./engine.ts";
import { LaneSkipped } from "./lane-ends.ts";
import { program, type LaneContext } from "./program.ts";
import { openWorld, settleAll, watched } from "./testing.ts";

const DAY = 86_400_000;

test("EN-24 each item is a journey of its own: its steps are done once, its end is its own", async () => {
  const sent: number[] = [];
  const many = program(
    "many",
    async (run, items: readonly number[]) => run.each("contact", items),
    {
      lanes: {
        contact: async (lane: LaneContext, item: number) => {
          await lane.step("send", () => sent.push(item));
          await lane.sleep("wait", item * DAY);
          if (item === 2) throw new Fault("invalid", "No address.");
          if (item === 3) throw new LaneSkipped("Not this one.");
          return item * 10;
        },
      },
    },
  );
  await using world = await openWorld([many]);
  const { id } = await world.engine.start(many, [1, 2, 3]);
  await world.pass(DAY);
  await world.restart();
  const result = world.engine.result(id);
  await world.pass(DAY);
  await world.pass(DAY);
  const ends = (await result) as { state: string; output?: number }[];
  assert.deepEqual(
    ends.map(({ state, output }) => [state, output]),
    [
      ["completed", 10],
      ["failed", undefined],
      ["skipped", undefined],
    ],
  );
  assert.deepEqual(sent.toSorted(), [1, 2, 3]);
  const { steps } = await world.ledger.store.db
    .selectFrom("executions")
    .select("steps")
    .executeTakeFirstOrThrow();
  assert.equal(steps, 3);
});

test("EN-25 journeys move breadth first: nobody takes a step of the next rank while one can take this", async () => {
  const order: string[] = [];
  const ranked = program(
    "ranked",
    async (run) => run.each("contact", ["a", "b", "c"], { concurrency: 1 }),
    {
      lanes: {
        contact: async (lane: LaneContext, item: string) => {
          for (const rank of [0, 1, 2]) {
            await lane.step(["step", rank], () => order.push(`${rank}${item}`), { rank });
          }
        },
      },
    },
  );
  await using world = await openWorld([ranked]);
  const { id } = await world.engine.start(ranked, undefined);
  await world.engine.result(id);
  assert.deepEqual(
    order.map((step) => step[0]),
    Array.from("000111222"),
  );
});

test("EN-26 no more of an execution's journeys work at a time than it allows", async () => {
  let now = 0;
  let most = 0;
  const narrow = program(
    "narrow",
    async (run) => run.each("contact", [1, 2, 3, 4, 5], { concurrency: 2 }),
    {
      lanes: {
        contact: async (lane: LaneContext) =>
          lane.step("work", async () => {
            most = Math.max(most, ++now);
            await new Promise((resolve) => setImmediate(resolve));
            now -= 1;
          }),
      },
    },
  );
  await using world = await openWorld([narrow]);
  const { id } = await world.engine.start(narrow, undefined);
  await world.engine.result(id);
  assert.equal(most, 2);
});

test("EN-27 two uses of each run side by side, through a crash, without mixing their journeys", async () => {
  const lanes = {
    first: async (lane: LaneContext, item: number) => {
      await lane.sleep("nap", item * 1_000);
      return `first ${item}`;
    },
    second: async (lane: LaneContext, item: number) => {
      await lane.signal("go");
      return `second ${item}`;
    },
  };
  const both = program(
    "both",
    async (run) =>
      Promise.all([run.each("first", [1, 2]), run.each("second", [1, 2], { concurrency: 1 })]),
    { lanes },
  );
  await using world = await openWorld([both]);
  const { id } = await world.engine.start(both, undefined);
  await world.pass(1_000);
  await world.restart();
  const result = world.engine.result(id);
  await world.pass(1_000);
  await world.engine.signal(id, "go", 1, { lane: 3 });
  await world.engine.signal(id, "go", 1, { lane: 4 });
  const ends = (await result) as { output: string }[][];
  assert.deepEqual(
    ends.map((group) => group.map(({ output }) => output)),
    [
      ["first 1", "first 2"],
      ["second 1", "second 2"],
    ],
  );
});

test("EN-28 hundreds of journeys are opened in parts; a crash between the parts opens the rest", async () => {
  const items = Array.from({ length: 450 }, (_, index) => index);
  const wide = program("wide", async (run) => run.each("contact", items), {
    lanes: { contact: async (lane: LaneContext, item: number) => lane.step("s", () => item) },
  });
  await using world = await openWorld([wide]);
  const { id } = await world.engine.start(wide, undefined);
  const db = world.ledger.store.db;
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    const { n } = await db
      .selectFrom("journeys")
      .select(({ fn }) => fn.countAll<number>().as("n"))
      .executeTakeFirstOrThrow();
    if (n >= 200) break;
  }
  await world.restart();
  const ends = (await world.engine.result(id)) as { output: number }[];
  assert.deepEqual(
    ends.map(({ output }) => output),
    items,
  );
});

test("EN-29 skipping the wait reaches the journeys, all of them or one", async () => {
  const waiting = program("waiting", async (run) => run.each("contact", [1, 2, 3]), {
    lanes: { contact: async (lane: LaneContext) => lane.sleep("nap", 5 * DAY) },
  });
  await using world = await openWorld([waiting]);
  const { id } = await world.engine.start(waiting, undefined);
  await world.settle();
  await world.engine.skipWait(id, "usr_1", 2);
  await world.settle();
  assert.equal((await world.factsOf(id, "completed", 2)).length, 1);
  assert.equal((await world.factsOf(id, "completed", 1)).length, 0);
  await world.engine.skipWait(id, "usr_1");
  assert.equal(((await world.engine.result(id)) as unknown[]).length, 3);
});

test("EN-30 an empty each is over at once", async () => {
  const none = program("none", async (run) => run.each("contact", []), {
    lanes: { contact: async (_lane: LaneContext, _item: number) => undefined },
  });
  await using world = await openWorld([none]);
  const { id } = await world.engine.start(none, undefined);
  assert.deepEqual(await world.engine.result(id), []);
});

/** The first end of a stream in that lane cannot be written. */
function failingOnce(ledger: Ledger, isIn: (lane: number) => boolean): Ledger {
  let failed = false;
  return {
    ...ledger,
    append: async (item) => {
      if (failed || item.op !== "end" || !isIn(item.lane)) return await ledger.append(item);
      failed = true;
      throw new Fault("conflict", "Not this time.");
    },
  };
}

/** Runs two journeys on a ledger that fails once; answers with what became of them and what they did. */
async function runOn(isIn: (lane: number) => boolean) {
  const work: string[] = [];
  const each = program("each", async (run) => run.each("contact", ["a", "b"]), {
    lanes: {
      contact: async (lane: LaneContext, item: string) =>
        lane.step("work", () => (work.push(item), item)),
    },
  });
  await using world = await openWorld([each]);
  await world.engine.stop(0);
  const watch = watched(failingOnce(world.ledger, isIn));
  const log = { warn: (): void => undefined };
  const { clock } = world;
  const engine = await openEngine({ ledger: watch.ledger, clock, log, programs: [each] });
  const { id } = await engine.start(each, undefined);
  const ended = engine.result(id);
  for (let i = 0; i < 5; i += 1) {
    await settleAll(watch.busy);
    clock.advance(10_000);
  }
  const ends = await ended;
  await engine.stop(0);
  return { ends, work: work.toSorted() };
}

const BOTH = [
  { state: "completed", output: "a" },
  { state: "completed", output: "b" },
];

test("EN-71 a journey whose end could not be written is taken up again, by the same process too", async () => {
  // Its last step shared the append that failed, so that is done again as well.
  assert.deepEqual(await runOn((lane) => lane > 0), { ends: BOTH, work: ["a", "a", "b"] });
});

test("EN-72 an execution that could not be run to its end is given back and looked at again", async () => {
  assert.deepEqual(await runOn((lane) => lane === 0), { ends: BOTH, work: ["a", "b"] });
});

test("EN-92 a person stops one lane, in memory or out of it, and no other", async () => {
  const waiting = program(
    "waiting",
    async (run) => (await run.each("contact", [1, 2, 3])).map(({ state }) => state),
    { lanes: { contact: async (lane: LaneContext) => lane.sleep("nap", 5 * DAY) } },
  );
  await using world = await openWorld([waiting]);
  const { id } = await world.engine.start(waiting, undefined);
  await world.settle();
  assert.equal(await world.engine.stopLane(id, 2, "usr_1", "Enough."), true);
  await world.settle();
  const [canceled] = await world.factsOf(id, "canceled", 2);
  assert.deepEqual([canceled?.by, canceled?.reason], ["usr_1", "Enough."]);
  assert.equal(await world.engine.stopLane(id, 2, "usr_1"), false);
  assert.deepEqual((await world.factsOf(id, "waiting", 0)).length, 2, "and waits on");
  await world.restart();
  await world.settle();
  await world.pass(5 * DAY);
  assert.deepEqual(await world.engine.result(id), ["completed", "canceled", "completed"]);
});

test("EN-76 the waits of an execution are skipped in journeys that are in memory, too", async () => {
  const working = Promise.withResolvers<void>();
  const both = program("both", async (run) => run.each("contact", ["a"]), {
    lanes: {
      contact: async (lane: LaneContext) => {
        const nap = lane.sleep("nap", 5 * DAY).then(() => "woken");
        await lane.step("work", () => working.promise);
        return await nap;
      },
    },
  });
  await using world = await openWorld([both]);
  const { id } = await world.engine.start(both, undefined);
  await world.settle();
  assert.equal(await world.engine.skipWait(id, "usr_1"), true);
  await world.settle();
  working.resolve();
  assert.deepEqual(await world.engine.result(id), [{ state: "completed", output: "woken" }]);
});
