import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { countsOf } from "./errors.ts";

const HOUR = 3_600_000;
const UNTIL = Date.UTC(2026, 0, 31, 9, 30);

test("AP-86 an error is counted by hours of a day and by days of more, the last part ending now, each failure in one", () => {
  const spans = fc.constantFrom(1, 7, 30).map((days) => ({ until: UNTIL, ms: days * 24 * HOUR }));
  fc.assert(
    fc.property(spans, fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (span, places) => {
      const times = places.map((place) => Math.round(span.until - span.ms * place));
      const counts = countsOf(times, span);
      const part = span.ms > 24 * HOUR ? 24 * HOUR : HOUR;
      assert.equal(counts.length, span.ms / part);
      for (const [index, count] of counts.entries()) {
        const end = span.until - (counts.length - 1 - index) * part;
        const isLast = end === span.until;
        const within = times.filter((at) => at >= end - part && (isLast || at < end));
        assert.equal(count, within.length);
      }
    }),
  );
});
