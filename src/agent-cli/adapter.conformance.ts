import assert from "node:assert/strict";
import { suite, test } from "node:test";

import fc from "fast-check";

import type { Adapter, AgentTask, Outcome } from "./adapter.ts";
import { NO_COUNTERS } from "./counters.ts";
import type { Reason } from "./events.ts";
import { openReading, type ReadingOptions } from "./reading.ts";
import {
  bytesOf,
  endingOf,
  eventsOf,
  play,
  readAll,
  recorded,
  roundOf,
  type Played,
} from "./testing.ts";

type Count = number | null;

/** What a recording comes to, as it was measured when it was made. */
export interface Expected {
  readonly outcome: Outcome;
  readonly reason?: Reason;
  /** What it said of it. */
  readonly message?: string | null;
  /** Input, cache read, cache write, output, and of that reasoning. */
  readonly tokens?: readonly [Count, Count, Count, Count, Count];
  /** In nano-dollars; null: unknown. */
  readonly nano?: bigint | null;
  readonly tools?: Readonly<Record<string, number>>;
  readonly text?: string;
  readonly retries?: number;
  readonly denials?: number;
  /** The recording of the round before, in the same session. */
  readonly after?: string;
}

export interface AdapterCase {
  readonly adapter: Adapter;
  /** The model that the recordings asked for, where the Agent CLI does not say it. */
  readonly model?: string;
  readonly recordings: Readonly<Record<string, Expected>>;
}

const TASK: AgentTask = { prompt: "Say hi", permission: "edit", folder: "/project" };

/** What every adapter of a protocol promises. One is finished when this passes. */
export function adapterConformance({ adapter, model, recordings }: AdapterCase): void {
  const names = Object.keys(recordings);
  const anyRecording = fc.constantFrom(...names);
  const common: ReadingOptions = model === undefined ? {} : { model };

  function playNamed(name: string): Played {
    const before = recordings[name]?.after;
    const counters = before === undefined ? NO_COUNTERS : play(adapter, before, common).counters;
    return play(adapter, name, { ...common, counters });
  }

  suite(`Agent CLI ${adapter.name}`, () => {
    for (const [name, expected] of Object.entries(recordings)) {
      test(`AC-1 ${name} comes to what was measured`, () => {
        const { round } = playNamed(name);
        const verdict = adapter.judge(endingOf(name, round));
        assert.equal(verdict.outcome, expected.outcome);
        assert.equal(verdict.reason, expected.reason ?? null);
        if (expected.message !== undefined) assert.equal(verdict.message, expected.message);
        const { input, cacheRead, cacheWrite, output, reasoning } = round.tokens;
        const nothing = [null, null, null, null, null];
        const tokens = [input, cacheRead, cacheWrite, output, reasoning];
        assert.deepEqual(tokens, expected.tokens ?? nothing);
        assert.equal(round.nano, expected.nano ?? null);
        assert.deepEqual(round.tools, expected.tools ?? {});
        assert.equal(round.retries, expected.retries ?? 0);
        assert.equal(round.denials, expected.denials ?? 0);
        assert.equal(round.unread, 0);
        if (expected.text !== undefined) assert.equal(round.text, expected.text);
      });
    }

    test("AC-2 however the bytes are cut, the events are the same", () =>
      fc.assert(
        fc.property(
          anyRecording,
          fc.array(fc.nat({ max: 40_000 }), { maxLength: 30 }),
          (name, cuts) => {
            const whole = bytesOf(recorded(name).lines);
            const places = [0, ...cuts.filter((cut) => cut < whole.length), whole.length];
            const sorted = places.toSorted((a, b) => a - b);
            const chunks = sorted.slice(1).map((to, index) => whole.subarray(sorted[index], to));
            const [cut, uncut] = [openReading(adapter, common), openReading(adapter, common)];
            assert.deepEqual(readAll(cut, chunks), readAll(uncut, [whole]));
            assert.deepEqual(cut.counters(), uncut.counters());
          },
        ),
      ));

    test("AC-3 a line that nobody knows is kept, and changes nothing else", () =>
      fc.assert(
        fc.property(anyRecording, fc.nat(), anyNoise, (name, place, noise) => {
          const { lines } = recorded(name);
          const at = place % (lines.length + 1);
          const noisy = [...lines.slice(0, at), noise, ...lines.slice(at)];
          const plain = eventsOf(readAll(openReading(adapter, common), [bytesOf(lines)]));
          const events = eventsOf(readAll(openReading(adapter, common), [bytesOf(noisy)]));
          assert.deepEqual(
            events.filter(({ type }) => type !== "unread"),
            plain,
          );
          const kept = events.find(({ type }) => type === "unread");
          assert.ok(kept?.type === "unread" && noise.startsWith(kept.head));
          assert.equal(kept.bytes, Buffer.byteLength(noise));
        }),
      ));

    test("AC-4 nothing that is written makes reading fail", () =>
      fc.assert(
        fc.property(anyRecording, fc.nat(), anyPath, fc.json(), (name, place, path, json) => {
          const { lines } = recorded(name);
          const line = lines[place % Math.max(1, lines.length)] ?? "{}";
          const bent = JSON.stringify(bend(JSON.parse(line), path, JSON.parse(json)));
          const reading = openReading(adapter, common);
          roundOf(eventsOf(readAll(reading, [bytesOf([bent, json])])));
        }),
        { numRuns: 300 },
      ));

    test("AC-5 a prompt is one argument and never an option", () =>
      fc.assert(
        fc.property(
          fc.oneof(
            fc.string({ minLength: 1 }),
            fc.constantFrom("--yolo", "-p", "--", "$(id) `id`"),
          ),
          fc.constantFrom("start" as const, "resume" as const, undefined),
          (prompt, how) => {
            const session = how === undefined ? {} : { session: { id: "a1b2", how } };
            const { args, dialogue } = adapter.start({ ...TASK, prompt, ...session });
            if (dialogue !== null) return;
            const alone = args.indexOf("--");
            const last = args.at(-1) ?? "";
            assert.ok(alone >= 0 ? last === prompt : last === `--prompt=${prompt}`);
          },
        ),
      ));

    test("AC-6 without a closing event nothing has succeeded, whatever the exit code", () => {
      for (const name of names) {
        const { lines } = recorded(name);
        for (let length = 0; length < lines.length; length += 1) {
          const reads = readAll(openReading(adapter, common), [bytesOf(lines.slice(0, length))]);
          const round = roundOf(eventsOf(reads));
          if (round.end !== null) continue;
          const exit = { code: 0, signal: null };
          const verdict = adapter.judge({ exit, cancelRequested: false, stderr: "", round });
          assert.notEqual(verdict.outcome, "succeeded", `${name}, ${length} lines`);
        }
      }
    });

    test("AC-7 what Stint stopped is canceled, unless it had succeeded by then", () => {
      for (const name of names) {
        const { round } = playNamed(name);
        const verdict = adapter.judge(endingOf(name, round, true));
        const closed = round.end?.claim === "succeeded";
        if (closed) assert.notEqual(verdict.outcome, "canceled", name);
        else assert.equal(verdict.outcome, "canceled", name);
      }
    });
  });
}

/** Lines that mean nothing to anybody. */
const anyNoise = fc.oneof(
  fc.constantFrom("Ripgrep is not available.", '{"type":"result', "[1,2]", "\u2028 \u{1F600}"),
  fc.string({ minLength: 1 }).map((text) => `?${text.replaceAll("\n", " ")}`),
  fc.string().map((text) => JSON.stringify({ type: `new_${text}`, session_id: "x" })),
);

const anyPath = fc.array(fc.nat({ max: 9 }), { maxLength: 4 });

/** The same JSON with something else in one place. */
function bend(value: unknown, [step, ...path]: readonly number[], other: unknown): unknown {
  if (step === undefined || typeof value !== "object" || value === null) return other;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return other;
  const copy: Record<string, unknown> = { ...value };
  copy[key] = bend(copy[key], path, other);
  return Array.isArray(value) ? Object.values(copy) : copy;
}
