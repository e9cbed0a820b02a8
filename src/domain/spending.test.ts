import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { addSpending, readSpent, type Spending } from "./spending.ts";

const count = fc.nat(1_000_000);
const spending: fc.Arbitrary<Spending | null> = fc.option(
  fc.record({
    cost: fc.option(count),
    unknown: fc.nat(5),
    tokens: fc.record({ input: count, cacheRead: count, cacheWrite: count, output: count }),
  }),
);

test("LG-45 spending adds up in any order and in any grouping", () => {
  fc.assert(
    fc.property(spending, spending, spending, (a, b, c) => {
      assert.deepEqual(addSpending(a, b), addSpending(b, a));
      assert.deepEqual(addSpending(addSpending(a, b), c), addSpending(a, addSpending(b, c)));
    }),
  );
});

test("LG-44 what is no amount of money or no count of tokens is refused by name", () => {
  for (const dollars of [Number.NaN, Number.POSITIVE_INFINITY, -0.01, 1e12]) {
    assert.throws(() => readSpent("answer", { dollars }), {
      code: "bad_request",
      message: /"answer"/,
    });
  }
  for (const input of [-1, 1.5, Number.NaN]) {
    assert.throws(() => readSpent("answer", { dollars: 0, tokens: { input } }), {
      code: "bad_request",
      message: /"answer".*input tokens/,
    });
  }
  assert.equal(readSpent("answer", { dollars: 0.0042 }).cost, 4_200_000);
});
