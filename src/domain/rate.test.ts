import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { partOf, roomAt, roomIn, type PartCount, type Rate } from "./rate.ts";

const rates: fc.Arbitrary<Rate> = fc.record({
  most: fc.integer({ min: 1, max: 8 }),
  perMs: fc.constantFrom(60, 60_000, 3_600_000),
});
/** Gaps between tries, in spans. */
const gaps = fc.array(fc.double({ min: 0, max: 0.6, noNaN: true }), { maxLength: 60 });

/** Lets through as many as there is room for, and says when each was. */
function letThrough(rate: Rate, tries: readonly number[]): readonly number[] {
  const counts = new Map<number, number>();
  const through: number[] = [];
  let at = 1_000_000_000;
  for (const gap of tries) {
    at += Math.floor(gap * rate.perMs);
    const counted = [...counts].map(([part, n]) => ({ part, n }));
    if (roomIn(rate, at, counted) === 0) continue;
    through.push(at);
    const part = partOf(rate, at);
    counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  return through;
}

test("EN-124 a rate is exceeded in no window, wherever it is laid", () => {
  fc.assert(
    fc.property(rates, gaps, (rate, tries) => {
      const through = letThrough(rate, tries);
      for (const end of through) {
        const within = through.filter((at) => at > end - rate.perMs && at <= end);
        assert.ok(within.length <= rate.most);
      }
    }),
  );
});

test("EN-125 it is known to the millisecond when there is room again", () => {
  const counts: fc.Arbitrary<readonly PartCount[]> = fc.uniqueArray(
    fc.record({ part: fc.integer({ min: 0, max: 60 }), n: fc.integer({ min: 1, max: 5 }) }),
    { selector: ({ part }) => part, maxLength: 20 },
  );
  fc.assert(
    fc.property(rates, counts, (rate, offsets) => {
      const at = 1_000 * rate.perMs;
      const counted = offsets.map(({ part, n }) => ({ part: partOf(rate, at) - part, n }));
      const from = roomAt(rate, at, counted) ?? Number.NaN;
      assert.ok(roomIn(rate, from, counted) > 0);
      assert.ok(from === at || roomIn(rate, from - 1, counted) === 0);
    }),
  );
  assert.equal(roomAt({ most: 0, perMs: 60 }, 0, []), null);
});
