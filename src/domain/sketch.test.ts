import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { addCount, addEncoded, bucketOf, encodeSketch, quantileOf, type Sketch } from "./sketch.ts";

type Counts = readonly (readonly [bucket: number, n: number])[];
const counts: fc.Arbitrary<Counts> = fc.array(
  fc.tuple(fc.nat(2000), fc.integer({ min: 1, max: 2 ** 40 })),
);

function sketchOf(all: Counts): Sketch {
  const sketch: Sketch = [];
  for (const [bucket, n] of all) addCount(sketch, bucket, n);
  return sketch;
}

test("LG-46 sketches come back from their bytes as they were, and add up exactly in any order", () => {
  fc.assert(
    fc.property(counts, counts, (one, other) => {
      const back: Sketch = [];
      addEncoded(back, encodeSketch(sketchOf(one)));
      assert.deepEqual(Object.entries(back), Object.entries(sketchOf(one)));
      addEncoded(back, encodeSketch(sketchOf(other)));
      assert.deepEqual(encodeSketch(back), encodeSketch(sketchOf([...other, ...one])));
    }),
  );
});

test("LG-47 a quantile of a sketch is the value's own, within one in a hundred", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 2, max: 90 * 86_400_000 }), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, q) => {
        const sketch = sketchOf(values.map((ms) => [bucketOf(ms), 1]));
        const rank = Math.max(1, Math.ceil(q * values.length));
        const exact = values.toSorted((a, b) => a - b)[rank - 1] ?? 0;
        const found = quantileOf(sketch, q) ?? 0;
        assert.ok(Math.abs(found - exact) <= exact * 0.01 + 0.5, `${found} is not about ${exact}`);
      },
    ),
  );
  assert.equal(quantileOf([], 0.5), null);
});
