import assert from "node:assert/strict";
import { test } from "node:test";

import { startOfDayIn } from "./days.ts";
import { phraseExact, phraseMs, phraseWhen } from "./phrases.ts";
import { spent } from "./spent.ts";

const iso = (ms: number): string => new Date(ms).toISOString();

test("WB-5 a duration is told in its two largest units", () => {
  assert.deepEqual([0, 420, 1500, 12_900, 200_000, 7_500_000, 460_800_000].map(phraseMs), [
    "0 ms",
    "420 ms",
    "1.5 s",
    "12 s",
    "3 min 20 s",
    "2 h 5 min",
    "5 d 8 h",
  ]);
});

test("WB-6 a moment is told from now, and exactly in the workspace's zone", () => {
  const now = Date.UTC(2026, 10, 21, 3, 0, 0);
  assert.equal(phraseWhen(now - 2000, now), "just now");
  assert.equal(phraseWhen(now - 180_000, now), "3 min ago");
  assert.equal(phraseWhen(now + 5 * 86_400_000, now), "in 5 days");
  assert.match(phraseExact(now, "Europe/Berlin"), /21 Nov 2026.*04:00:00 \(Europe\/Berlin\)/);
});

test("WB-7 time spent is queued, active and waited, and grows only while it is open", () => {
  const ended = {
    phase: "succeeded",
    createdAt: iso(0),
    startedAt: iso(100),
    completedAt: iso(1100),
    activeMs: 700,
    waitedMs: 300,
  } as const;
  assert.deepEqual(spent(ended, 9_999_999), {
    queuedMs: 100,
    activeMs: 700,
    waitedMs: 300,
    isTicking: false,
  });
  const running = {
    phase: "active",
    createdAt: iso(0),
    startedAt: iso(100),
    completedAt: null,
    activeMs: null,
    waitedMs: 200,
  } as const;
  assert.deepEqual(spent(running, 1100), {
    queuedMs: 100,
    activeMs: 800,
    waitedMs: 200,
    isTicking: true,
  });
  const waiting = { ...running, phase: "waiting", activeMs: 400, waitedMs: null } as const;
  assert.deepEqual(spent(waiting, 5100), {
    queuedMs: 100,
    activeMs: 400,
    waitedMs: 4600,
    isTicking: true,
  });
  const queued = { ...running, phase: "pending", startedAt: null } as const;
  assert.deepEqual(spent(queued, 700), {
    queuedMs: 700,
    activeMs: 0,
    waitedMs: 0,
    isTicking: true,
  });
});

test("WB-8 a day begins when the workspace's clock says so, across a change of its clock too", () => {
  assert.equal(startOfDayIn("Europe/Berlin", "2026-11-21"), "2026-11-20T23:00:00.000Z");
  assert.equal(startOfDayIn("Europe/Berlin", "2026-03-29", 1), "2026-03-29T22:00:00.000Z");
});
