import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { exitCodeOfRound, phraseOutcome } from "./outcome.ts";
import {
  clockOf,
  phraseBytes,
  phraseCount,
  phraseMoney,
  phraseMoneyShort,
  phraseMs,
  phraseTokens,
} from "./phrases.ts";

test("CL-74 figures are short, and what is not known is never told as 0", () => {
  const counts = [null, 0, 950, 999, 1000, 1249, 34_500, 99_949, 999_499, 999_500, 1_300_000];
  assert.deepEqual(counts.map(phraseCount), [
    "–",
    "0",
    "950",
    "999",
    "1.0k",
    "1.2k",
    "34.5k",
    "99.9k",
    "999k",
    "1.0M",
    "1.3M",
  ]);
  assert.deepEqual([null, 512, 3_565_158].map(phraseBytes), ["–", "512 B", "3.4 MB"]);
  assert.deepEqual([842, 59_999, 60_000, 11_400_000, 187_200_000].map(phraseMs), [
    "842 ms",
    "59.9 s",
    "1 min 0 s",
    "3 h 10 min",
    "2 d 4 h",
  ]);
  assert.deepEqual([7_900, 725_000, 11_400_000].map(clockOf), ["0:07", "12:05", "3:10:00"]);
  assert.equal(phraseTokens(null), "tokens not known");
  assert.equal(
    phraseTokens({ input: 300, cacheRead: 800, cacheWrite: null, output: null }),
    "300 in, 800 from cache, – out",
  );
});

test("CL-74 money is told to the digit, with what is not known of it and whether anybody is charged", () => {
  assert.equal(phraseMoney({ cost: "0.00408", costUnknown: 0 }), "$0.00408");
  assert.equal(phraseMoney({ cost: "1.20", costUnknown: 2 }), "$1.20 (2 not known)");
  assert.equal(
    phraseMoney({ cost: "1.20", costUnknown: 0, notional: true }),
    "$1.20 under a subscription",
  );
  assert.equal(phraseMoney({ cost: null, costUnknown: 1 }), "cost not known");
  const short = (cost: string | null, costUnknown = 0) => phraseMoneyShort({ cost, costUnknown });
  assert.deepEqual(
    [
      short("12.50"),
      short("0.00408"),
      short("0.00000001"),
      short("0.00"),
      short("1.20", 1),
      short(null),
      short(null, 1),
    ],
    ["$12.50", "$0.0041", "<$0.0001", "$0.00", "$1.20+?", "–", "unknown"],
  );
});

test("CL-74 a shortened count is never off by more than a twentieth", () => {
  const factors = { "": 1, k: 1e3, M: 1e6, G: 1e9 } as const;
  fc.assert(
    fc.property(fc.nat(2 ** 31 - 1), (count) => {
      const [, digits, unit] = /^([\d.]+)([kMG]?)$/.exec(phraseCount(count)) ?? [];
      const shown = Number(digits) * factors[unit as keyof typeof factors];
      assert.ok(Math.abs(shown - count) <= count / 20);
      assert.ok(phraseCount(count).length <= 5);
    }),
  );
});

const ENDED = {
  reason: null,
  message: null,
  tokens: { input: 600, cacheRead: 1600, cacheWrite: 200, output: 70 },
  cost: "0.00408",
  costUnknown: 0,
  notional: false,
  durationMs: 7_300,
} as const;

test("CL-75 the last line tells outcome, tokens, cost and duration; a command has no tokens to tell", () => {
  assert.equal(
    phraseOutcome("inv_1", { ...ENDED, outcome: "succeeded" }, false),
    "✓ succeeded · 600 in, 1.6k from cache, 200 to cache, 70 out · $0.00408 · 7.3 s · inv_1",
  );
  const failed = {
    ...ENDED,
    outcome: "failed",
    reason: "rate_limit",
    message: "Too\nmany\u001B[2J",
  } as const;
  assert.match(
    phraseOutcome("inv_1", failed, false),
    /^✗ failed \(rate_limit\): Too many · 600 in/,
  );
  const command = {
    ...ENDED,
    outcome: "failed",
    reason: "crash",
    tokens: null,
    cost: null,
  } as const;
  assert.equal(phraseOutcome("inv_1", command, false), "✗ failed (crash) · 7.3 s · inv_1");
  assert.match(
    phraseOutcome("inv_1", { ...command, costUnknown: 1 }, false),
    /tokens not known · cost not known/,
  );
});

test("CL-76 the exit code is 0 for what succeeded, 124 for a limit, 130 for a cancel, else the agent's own, and never 0", () => {
  const code = (
    outcome: "succeeded" | "failed" | "canceled" | "interrupted",
    exitCode: number | null,
    reason: string | null = null,
  ) => exitCodeOfRound({ outcome, reason, exitCode });
  assert.equal(code("succeeded", 1), 0);
  assert.equal(code("failed", 2, "crash"), 2);
  assert.equal(code("failed", 0, "denied"), 1);
  assert.equal(code("failed", 130, "limit"), 124);
  assert.equal(code("failed", 0, "budget"), 124);
  assert.equal(code("canceled", 130), 130);
  assert.equal(code("interrupted", null), 1);
  assert.equal(code("interrupted", 137), 137);
});
