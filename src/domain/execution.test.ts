import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { createExecution, durationMs, evolve, evolveAll, type Execution } from "./execution.ts";
import type { CreatedFact, Fact } from "./facts.ts";
import { hasEnded } from "./kinds.ts";

const created: CreatedFact = {
  t: "created",
  id: "prg_1",
  ws: 1,
  kind: "program",
  agent: 0,
  target: null,
  driver: "d",
  driverVersion: "1",
  trigger: { type: "api", by: "system" },
  label: null,
};
const fault = { code: "invalid", message: "No." };
const anyFact: fc.Arbitrary<Fact> = fc.constantFrom<Fact>(
  { t: "started" },
  { t: "waiting", on: ["nap"] },
  { t: "resumed" },
  { t: "completed", figures: { emailsSent: 2 }, warnings: 1 },
  { t: "failed", fault },
  { t: "canceled", by: "usr_1" },
  { t: "stepDone", path: "s", ms: 1 },
  { t: "stepFailed", path: "s", ms: 1, attempt: 1, fault },
  { t: "stepFailed", path: "s", ms: 1, attempt: 1, fault, retryAt: 9 },
  { t: "lanesClosed", path: "l", steps: 3, retries: 1 },
  { t: "noted", path: "n", note: 1 },
);
const fold = (facts: readonly Fact[]): Execution =>
  facts.reduce((so, fact, index) => evolve(so, fact, index * 10), createExecution(created, 0));

test("DO-12 the state of an execution, once it has ended, is moved by no fact", () => {
  fc.assert(
    fc.property(fc.array(anyFact), anyFact, (facts, late) => {
      const before = fold(facts);
      if (!hasEnded("program", before.state)) return;
      const then = evolve(before, late, 10_000);
      assert.deepEqual([then.state, then.endedAt], [before.state, before.endedAt]);
    }),
  );
});

test("DO-13 folding facts append by append equals folding them all at once", () => {
  fc.assert(
    fc.property(fc.array(anyFact), fc.array(anyFact), (one, two) => {
      const start = createExecution(created, 0);
      const apart = evolveAll(evolveAll(start, one, 5), two, 5);
      assert.deepEqual(apart, evolveAll(start, [...one, ...two], 5));
    }),
  );
});

test("DO-14 steps, retries, warnings, waiting time and figures are counted from the facts", () => {
  const facts: readonly Fact[] = [
    { t: "started" },
    { t: "stepDone", path: "a", ms: 1 },
    { t: "stepFailed", path: "b", ms: 1, attempt: 1, fault, retryAt: 9 },
    { t: "waiting", on: ["nap"] },
    { t: "resumed" },
    { t: "stepFailed", path: "b", ms: 1, attempt: 2, fault },
    { t: "stepUncertain", path: "c", fault },
    { t: "lanesClosed", path: "l", steps: 3, retries: 1 },
    { t: "completed", figures: { emailsSent: 2 }, warnings: 1 },
  ];
  const { steps, retries, warnings, waitedMs, figures, ...rest } = fold(facts);
  assert.deepEqual([steps, retries, warnings, waitedMs], [5, 2, 2, 10]);
  assert.deepEqual(figures, { emailsSent: 2 });
  assert.equal(durationMs({ steps, retries, warnings, waitedMs, figures, ...rest }), 80);
});

test("what was opened again before that was put on record waited until then, and no longer", () => {
  const invocation = { ...created, kind: "invocation" as const };
  const facts: readonly [Fact, number][] = [
    [{ t: "started", when: 1000 }, 90_000],
    [{ t: "completed", when: 3000 }, 90_000],
    [{ t: "reopened", by: "usr_1", when: 10_000 }, 95_000],
    [{ t: "completed", when: 11_000 }, 96_000],
  ];
  const once = createExecution(invocation, 1000);
  const end = facts.reduce((so, [fact, at]) => evolve(so, fact, at), once);
  assert.deepEqual([end.startedAt, end.endedAt, end.waitedMs], [1000, 11_000, 7000]);
  const early = evolve(evolveAll(once, [facts[0]![0], facts[1]![0]], 90_000), facts[2]![0], 5000);
  assert.equal(early.waitedMs, 2000, "not later than it was put on record");
});
