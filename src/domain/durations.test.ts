import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import {
  addDuration,
  type Duration,
  nominalSeconds,
  parseDuration,
  phraseDuration,
  phraseResume,
  refuseWait,
  startOfDay,
} from "./durations.ts";
import { instantOf, isZone, wallClockOf } from "./zones.ts";

const read = (text: string): Duration => {
  const duration = parseDuration(text);
  assert.ok(duration !== undefined, text);
  return duration;
};
const later = (from: string, duration: string, zone: string): string =>
  new Date(addDuration(Date.parse(from), read(duration), zone)).toISOString();

test("PL-6 days, weeks and months keep the wall clock across daylight saving, hours are elapsed time", () => {
  assert.equal(later("2026-03-28T08:00:00Z", "P1D", "Europe/Berlin"), "2026-03-29T07:00:00.000Z");
  assert.equal(later("2026-03-28T08:00:00Z", "PT24H", "Europe/Berlin"), "2026-03-29T08:00:00.000Z");
  assert.equal(later("2026-10-24T08:00:00Z", "P1W", "Europe/Berlin"), "2026-10-31T09:00:00.000Z");
  assert.equal(later("2026-01-31T12:00:00Z", "P1M", "UTC"), "2026-02-28T12:00:00.000Z");
  assert.equal(later("2026-03-05T12:00:00Z", "-P7D", "UTC"), "2026-02-26T12:00:00.000Z");
});

test("PL-7 a time that the clock skips moves on by the gap, one that it shows twice is the first", () => {
  assert.equal(later("2026-03-28T01:30:00Z", "P1D", "Europe/Berlin"), "2026-03-29T01:30:00.000Z");
  assert.equal(later("2026-10-24T00:30:00Z", "P1D", "Europe/Berlin"), "2026-10-25T00:30:00.000Z");
  assert.equal(
    new Date(startOfDay(Date.parse("2026-07-01T23:30:00Z"), "Asia/Tokyo")).toISOString(),
    "2026-07-01T15:00:00.000Z",
  );
  assert.ok(isZone("America/New_York") && !isZone("Mars/Olympus"));
});

test("PL-8 a wall clock and its instant are each other's inverse, but for the hours that the clock skips", () => {
  const at = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2060, 0) });
  const zone = fc.constantFrom(
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
  );
  fc.assert(
    fc.property(at, zone, (instant, name) => {
      const again = instantOf(wallClockOf(instant, name), name);
      assert.equal(wallClockOf(again, name), wallClockOf(instant, name));
      assert.ok(again <= instant);
    }),
    { numRuns: 200 },
  );
});

test("PL-9 a duration is phrased for people, and a wait says when it goes on", () => {
  assert.equal(phraseDuration(read("P5D")), "5 days");
  assert.equal(phraseDuration(read("P1W")), "1 week");
  assert.equal(phraseDuration(read("PT2H30M")), "2 hours 30 minutes");
  assert.equal(phraseDuration(read("-P7D")), "7 days ago");
  assert.equal(phraseResume(read("P5D")), "Agent paused. Will resume in 5 days.");
});

test("PL-10 a wait lasts at most 90 days, a month counting 30", () => {
  for (const fits of ["P90D", "P3M", "PT2160H", "PT1M"])
    assert.equal(refuseWait(fits), undefined, fits);
  for (const not of [
    "P91D",
    "P13W",
    "P4M",
    "P1Y",
    "PT2161H",
    "P0D",
    "-P1D",
    "five days",
    "P",
    "PT",
    "P1DT",
  ]) {
    assert.ok(refuseWait(not) !== undefined, not);
  }
  assert.equal(nominalSeconds(read("-P1M")), -30 * 86_400);
});
