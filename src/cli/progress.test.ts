import assert from "node:assert/strict";
import { test } from "node:test";

import { drawProgress, type Going, phraseEnd } from "./progress.ts";

const step = (status: string, done: number, total: number) => ({
  status,
  progress: { done, total },
});

const going = {
  id: "run_1",
  kind: "automation",
  phase: "active",
  pausedBy: null,
  status: "running",
  message: "Step 3: Sending emails... (5 of 10 sent)",
  stepsDone: 2,
  stepsTotal: 4,
  steps: [
    step("completed", 10, 10),
    step("completed", 10, 10),
    step("running", 5, 10),
    step("pending", 0, 10),
  ],
  summary: null,
  error: null,
} as unknown as Going;

test("CL-4 the progress line counts whole steps and the contacts within the one under way", () => {
  assert.equal(
    drawProgress(going, 100),
    "█████████████░░░░░░░  62%  Step 3: Sending emails... (5 of 10 sent)",
  );
});

test("CL-4 the progress line is never wider than the terminal that it is drawn over in", () => {
  for (let columns = 4; columns < 80; columns += 1) {
    assert.ok(drawProgress(going, columns).length < columns, String(columns));
  }
});

test("CL-4 an end says what was done, or what failed and what to do about it", () => {
  const done = {
    ...going,
    status: "completed",
    message: null,
    summary: "Processed 5 contacts",
  } as Going;
  assert.equal(phraseEnd(done)[0], "Agent completed successfully. Processed 5 contacts.");
  const error = { code: "x", message: "It broke", step: "2", suggestion: "Mend it", details: null };
  assert.deepEqual(phraseEnd({ ...going, status: "failed", error }).slice(0, 2), [
    "Agent failed: It broke (step 2)",
    "  Mend it",
  ]);
});

test("CL-183 only what an agent did is told as an agent's", () => {
  const error = { code: "x", message: "It broke", step: null, suggestion: null, details: null };
  const program = { ...going, kind: "program" } as const;
  assert.equal(phraseEnd({ ...program, status: "failed", error })[0], "Execution failed: It broke");
  const done = { ...program, phase: "succeeded", status: "completed" } as const;
  assert.equal(phraseEnd(done)[0], "Execution completed successfully.");
});

test("CL-4 an invocation is completed however it ended, and its end says how", () => {
  const invocation = { ...going, kind: "invocation", status: "completed", error: null } as const;
  assert.equal(phraseEnd({ ...invocation, phase: "canceled" })[0], "Execution canceled.");
  assert.match(phraseEnd({ ...invocation, phase: "succeeded" })[0] ?? "", /successfully/);
});
