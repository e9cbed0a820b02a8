import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { addEncoded, addTo, bucketOf, encodeSketch, quantileOf, type Sketch } from "./sketch.ts";

const sketches = fc
  .array(fc.tuple(fc.nat(2000), fc.integer({ min: 1, max: 2 ** 40 })))
  .map((entries): Sketch => new Map(entries));

test("LG-46 sketches come back from their bytes as they were, and add up exactly in any order", () => {
  fc.assert(
    fc.property(sketches, sketches, (one, other) => {
      const [forth, back]: [Sketch, Sketch] = [new Map(), new Map()];
      addEncoded(forth, encodeSketch(one));
      assert.deepEqual(forth, new Map([...one].toSorted(([a], [b]) => a - b)));
      addEncoded(forth, encodeSketch(other));
      addTo(back, other);
      addTo(back, one);
      assert.deepEqual(encodeSketch(forth), encodeSketch(back));
    }),
  );
});

test("LG-47 a quantile of a sketch is the value's own, within one in a hundred", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 2, max: 90 * 86_400_000 }), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, q) => {
        const sketch: Sketch = new Map();
        for (const ms of values) addTo(sketch, new Map([[bucketOf(ms), 1]]));
        const rank = Math.max(1, Math.ceil(q * values.length));
        const exact = values.toSorted((a, b) => a - b)[rank - 1] ?? 0;
        const found = quantileOf(sketch, q) ?? 0;
        assert.ok(Math.abs(found - exact) <= exact * 0.01 + 0.5, `${found} is not about ${exact}`);
      },
    ),
  );
  assert.equal(quantileOf(new Map(), 0.5), null);
});
