import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { addMoney, nanoDollars, showMoney } from "./money.ts";

test("DO-6 money adds up in any order and in any grouping, and what is unknown is counted", () => {
  const costs = fc.array(fc.option(fc.bigInt({ min: 0n, max: 10n ** 15n })));
  fc.assert(
    fc.property(costs, costs, (left, right) => {
      const all = addMoney([...left, ...right]);
      assert.deepEqual(addMoney([...right, ...left].toReversed()), all);
      const parts = [addMoney(left), addMoney(right)];
      assert.equal(
        parts.reduce((sum, { nano }) => sum + nano, 0n),
        all.nano,
      );
      assert.equal(
        parts.reduce((sum, { unknown }) => sum + unknown, 0),
        all.unknown,
      );
    }),
  );
});

test("DO-7 an amount is rounded once, on entry; what is no amount is refused", () => {
  assert.equal(nanoDollars(0.1) + nanoDollars(0.2), nanoDollars(0.3));
  assert.equal(nanoDollars(12.5), 12_500_000_000n);
  for (const none of [Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => nanoDollars(none), RangeError);
  }
});

test("DO-8 money is shown with as many digits as it needs, two at the least", () => {
  const shown = [0n, 12_500_000_000n, 4_200_000n, -1n].map(showMoney);
  assert.deepEqual(shown, ["$0.00", "$12.50", "$0.0042", "-$0.000000001"]);
});
