import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { quantile, ratesOf, tableOf } from "./figures.ts";

test("BN-1 a quantile is the smallest value that the share does not exceed", () => {
  assert.equal(quantile([3, 1, 2, 4], 0.5), 2);
  assert.equal(quantile([3, 1, 2, 4], 0.99), 4);
  assert.equal(quantile([7], 0.01), 7);
  assert.ok(Number.isNaN(quantile([], 0.5)));
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { minLength: 1 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (values, q) => {
        const found = quantile(values, q);
        const notAbove = values.filter((value) => value <= found).length;
        const below = values.filter((value) => value < found).length;
        assert.ok(notAbove >= q * values.length - 1e-9);
        assert.ok(below < q * values.length);
      },
    ),
  );
});

test("BN-2 rates are per second, one for each span between two readings", () => {
  const readings = [
    { atMs: 0, count: 0 },
    { atMs: 10_000, count: 150_000 },
    { atMs: 12_000, count: 152_000 },
  ];
  assert.deepEqual(ratesOf(readings), [15_000, 1_000]);
  assert.deepEqual(ratesOf([{ atMs: 0, count: 0 }]), []);
});

test("BN-3 the table names each figure that there is", () => {
  assert.deepEqual(tableOf({ workload: "W2", p50Ms: 0.8, perSecond: undefined }), [
    "workload  W2",
    "p50Ms     0.8",
  ]);
});
