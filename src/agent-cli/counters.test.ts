import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { countersOf, countNano, countTokens, NO_COUNTERS } from "./counters.ts";
import { addTokens, NOT_SAID, type TokenCounts } from "./tokens.ts";

const anyTokens: fc.Arbitrary<TokenCounts> = fc.record(
  {
    input: fc.nat(5_000),
    cacheRead: fc.nat(5_000),
    cacheWrite: fc.constant(null),
    output: fc.integer({ min: 1, max: 500 }),
    reasoning: fc.nat(500),
    cacheWrite1h: fc.constant(null),
  },
  { noNullPrototype: true },
);

/** What a run spends, between the last figures of two processes. */
const anySession = fc.array(fc.tuple(fc.constantFrom("a", "b", "constructor"), anyTokens), {
  minLength: 1,
});

test("AC-10 what is new in each running total adds up to the last one, model by model", () =>
  fc.assert(
    fc.property(anySession, (steps) => {
      let counters = NO_COUNTERS;
      const totals = new Map<string, TokenCounts>();
      const sums = new Map<string, TokenCounts>();
      for (const [model, tokens] of steps) {
        const total = addTokens(totals.get(model) ?? NOT_SAID, tokens);
        totals.set(model, total);
        const counted = countTokens(counters, model, total);
        assert.deepEqual(counted.value, tokens);
        sums.set(model, addTokens(sums.get(model) ?? NOT_SAID, counted.value));
        // What is kept between rounds goes through JSON.
        counters = JSON.parse(JSON.stringify(counted.counters));
      }
      assert.deepEqual(sums, totals);
    }),
  ));

test("AC-10 money adds up to the last total, to the nano-dollar", () =>
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n })), (costs) => {
      let counters = NO_COUNTERS;
      let [total, sum] = [0n, 0n];
      for (const cost of costs) {
        total += cost;
        const counted = countNano(counters, null, total);
        counters = counted.counters;
        sum += counted.value ?? 0n;
      }
      assert.equal(sum, total);
    }),
  ));

test("AC-11 a total below the last one began again: all of it is new", () => {
  const counts = { ...NOT_SAID, input: 1_200, output: 35 };
  const { counters } = countTokens(NO_COUNTERS, null, counts);
  const again = countTokens(counters, null, { ...counts, input: 400 });
  assert.equal(again.counting, "restarted");
  assert.equal(again.value.input, 400);
  assert.equal(again.value.output, 35);
  const cost = countNano(countNano(NO_COUNTERS, null, 5n).counters, null, 3n);
  assert.deepEqual([cost.counting, cost.value], ["restarted", 3n]);
});

test("AC-11 zeros after a figure say nothing, and forget nothing", () => {
  const counts = { ...NOT_SAID, input: 1_200, output: 35 };
  const first = countTokens(NO_COUNTERS, null, counts);
  const zeros = countTokens(first.counters, null, { ...NOT_SAID, input: 0, output: 0 });
  assert.deepEqual(zeros.value, NOT_SAID);
  const next = countTokens(zeros.counters, null, { ...NOT_SAID, input: 2_400, output: 70 });
  assert.equal(next.value.input, 1_200);
  const paid = countNano(NO_COUNTERS, null, 5n);
  const free = countNano(paid.counters, null, 0n);
  assert.equal(free.value, null);
  assert.equal(countNano(free.counters, null, 8n).value, 3n);
});

test("AC-10 the totals of another session are not counted from", () => {
  const counters = countersOf(NO_COUNTERS, "one");
  const { counters: counted } = countTokens(counters, null, { ...NOT_SAID, input: 1_200 });
  assert.equal(countersOf(counted, "one"), counted);
  assert.deepEqual(countersOf(counted, "two").tokens, {});
});
