import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { afterFact, BREAKER, type Breaker, CLOSED, letsThrough, stateAt } from "./breaker.ts";

const happenings = fc.array(
  fc.record({
    fact: fc.constantFrom(...BREAKER.facts),
    passes: fc.integer({ min: 0, max: 50 }),
    rests: fc.option(fc.integer({ min: 1, max: 100 })),
  }),
  { maxLength: 40 },
);

/** What may come after an open one, and what may come before a closed one. */
function assertMoves(before: string, fact: string, after: Breaker | undefined): void {
  if (before === "open") assert.equal(after === undefined, fact !== "rested");
  if (after?.state === "closed") assert.deepEqual([before, fact], ["halfOpen", "passed"]);
  if (fact === "tripped" && before !== "open") assert.equal(after?.state, "open");
}

test("EN-139 a breaker that tripped lets nothing through before it has rested, and closes only by what passes after that", () => {
  fc.assert(
    fc.property(happenings, (all) => {
      let at = 0;
      let breaker: Breaker = CLOSED;
      for (const { fact, passes, rests } of all) {
        at += passes;
        const before = stateAt(breaker, at);
        assert.equal(letsThrough(breaker, at), before !== "open");
        const until = rests === null ? null : at + rests;
        const after = afterFact(breaker, fact, at, until);
        assertMoves(before, fact, after);
        breaker = after ?? breaker;
        if (fact === "tripped" && after !== undefined) {
          assert.ok(!letsThrough(breaker, until === null ? Infinity : until - 1));
          assert.ok(until === null || letsThrough(breaker, until));
        }
      }
    }),
  );
});
