import assert from "node:assert/strict";
import { test } from "node:test";

import type { PlanStep } from "#domain/plan.ts";

import { parseOffline } from "../offline.ts";

/** A planStep in a few letters: what it is and the text that tells it apart. */
function told(planStep: PlanStep): string {
  const { type, params } = planStep;
  if (type === "wait") return params.duration;
  return type === "send_email" ? (params.template ?? "email") : type;
}

function planOf(text: string): readonly string[] {
  const parsed = parseOffline(text);
  assert.ok("plan" in parsed, `${text}: ${JSON.stringify(parsed)}`);
  return parsed.plan.steps.map(told);
}

test("PA-100 the points of a cadence are waits of the gaps between them, however they are written", () => {
  for (const text of [
    "Day 1: send 'A'. Day 4: send 'B'.",
    "day 1 - send 'A'\nday 4 - send 'B'",
    "D1: send 'A'; D4: send 'B'",
    "D0 send 'A', D+3 send 'B'",
    "T+0 send 'A'; T+3d send 'B'",
    "Send 'A' on day 1 and 'B' on day 4.",
    "Send 'A'. Day 4: send 'B'.",
  ])
    assert.deepEqual(planOf(text), ["A", "P3D", "B"], text);
  assert.deepEqual(planOf("wk 1: send 'A'; wk 3: send 'B'"), ["A", "P14D", "B"]);
});

test("PA-101 a lapse counts from the step before, in front of its clause or behind it", () => {
  for (const text of [
    "Send 'A'. Three days later, send 'B'.",
    "Send 'A', 3 days later 'B'.",
    "Send 'A', then the 'B' email after 3 days.",
    "Send 'A' -> +3d -> send 'B'",
    "send 'A' -> 3 days -> send 'B'",
    "Send 'A' and, 3 days after that, send 'B'.",
    "First email: 'A'. Second email, 3 days later: 'B'.",
  ])
    assert.deepEqual(planOf(text), ["A", "P3D", "B"], text);
});

test("PA-101 a lapse behind a task is a wait, not when the task is due", () => {
  const text = "Create a task: Call them. 30 days later, send 'B'.";
  assert.deepEqual(planOf(text), ["create_task", "P30D", "B"]);
});

test("PA-102 a correction takes the place of what it corrects", () => {
  for (const text of [
    "Wait 2 days, actually make that 4 days, then send 'B'.",
    "Wait 2 days - no, 4 days - then send 'B'.",
    "Wait 2 days (sorry, I mean 4 days) and send 'B'.",
    "Wait 4 days and send 'A', no wait, the 'B' email.",
    "Wait 4 days, then send 'A'. Actually, send 'B' instead.",
    "Wait 4 days, then tag them hot. Scratch that, send 'B'.",
  ])
    assert.deepEqual(planOf(text), ["P4D", "B"], text);
});

test("PA-103 what is told before or after another thing stands before or behind it", () => {
  assert.deepEqual(planOf("Before sending 'A', enrich them."), ["enrich_contact", "A"]);
  assert.deepEqual(planOf("After sending 'A', wait 2 days and send 'B'."), ["A", "P2D", "B"]);
  const again = "Send 'A'. After sending 'A', wait 2 days and send 'B'.";
  assert.deepEqual(planOf(again), ["A", "P2D", "B"]);
});
