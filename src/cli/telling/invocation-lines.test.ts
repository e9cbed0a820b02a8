import assert from "node:assert/strict";
import { test } from "node:test";

import type { Invocation, InvocationRound } from "#contract/shapes/invocations.ts";

import { phraseInvocation } from "./invocation-lines.ts";
import { exitCodeOf, phraseEnd } from "./outcome.ts";

const AT = "2026-01-05T09:00:00.000Z";
const USED = {
  cost: "0.00408",
  costUnknown: 0,
  notional: false,
  tokens: { input: 600, cacheRead: 1600, cacheWrite: 200, output: 70, reasoning: null },
} as const;

const ROUND: InvocationRound = {
  ...USED,
  number: 1,
  prompt: "Fix the test",
  startedAt: AT,
  completedAt: AT,
  durationMs: 7300,
  outcome: "succeeded",
  reason: null,
  message: null,
  exitCode: 0,
  signal: null,
  session: "abc",
  model: "sonnet",
  turns: 2,
  text: "Done:\n\u001B[2Jall green",
  costSource: "reported",
  tools: { Bash: 3, Read: 1 },
  toolErrors: 1,
  retries: 1,
  denials: 0,
  warnings: ["Slow\ndown"],
  answers: [],
  unread: 2,
  outputBytes: 1000,
};

const INVOCATION = {
  ...USED,
  id: "inv_1",
  cli: "claude",
  label: null,
  prompt: "Fix the test",
  folder: "/srv/app",
  status: "completed",
  outcome: "succeeded",
  nodeId: null,
  executionIndex: null,
  createdAt: AT,
  startedAt: AT,
  completedAt: AT,
  durationMs: 7300,
  activeMs: 7300,
  rounds: 1,
  model: "sonnet",
  session: "abc",
  error: null,
  questions: [],
  trigger: { type: "api", by: { type: "user", id: "1", name: "Olga" } },
  permission: "edit",
  asks: false,
  maxTurns: null,
  limits: {},
  envNames: [],
  command: null,
  roundList: [ROUND],
  process: null,
  resources: {
    cpuMs: 12_300,
    peakMemoryBytes: 300 * 1024 ** 2,
    diskReadBytes: null,
    diskWrittenBytes: 4096,
    folderGrowthBytes: -2048,
  },
  series: [],
  payloads: "full",
} as unknown as Invocation;

test("CL-85 show tells what ran where, what it used and took, and each round with its prompt, answer and tools", () => {
  assert.deepEqual(phraseInvocation(INVOCATION, false), [
    "inv_1  succeeded  claude (sonnet)",
    "In /srv/app, may read and edit there, session abc",
    `Started by Olga ${AT}, took 7.3 s`,
    "Used 600 in, 1.6k from cache, 200 to cache, 70 out · $0.00408",
    "Took CPU 12.3 s, memory 300 MB at the most, written 4.0 KB, its folder shrunk by 2.0 KB",
    "",
    "Round 1  succeeded · 600 in, 1.6k from cache, 200 to cache, 70 out · $0.00408 · 7.3 s · exit 0",
    "  › Fix the test",
    "  Done:",
    "  all green",
    "  tools: Bash 3, Read 1, 1 failed, 1 retry, 2 lines not understood",
    "  ! Slow down",
  ]);
});

test("CL-85 one that runs tells what its process is about; one that failed, why", () => {
  const process = { state: "working", words: "Runs a tool: Bash", pid: 42, since: AT } as const;
  const running = {
    ...INVOCATION,
    status: "running",
    outcome: null,
    durationMs: null,
    process,
  } as Invocation;
  const lines = phraseInvocation(running, false);
  assert.match(lines[0] ?? "", /^inv_1 {2}running/);
  assert.ok(lines.includes(`Process 42 is working: Runs a tool: Bash, since ${AT}`));
  const round = {
    ...ROUND,
    outcome: "failed",
    reason: "rate_limit",
    message: "Too many",
    exitCode: 1,
  } as const;
  const failed = phraseInvocation({ ...INVOCATION, outcome: "failed", roundList: [round] }, false);
  assert.ok(
    phraseInvocation({ ...INVOCATION, payloads: "redacted" }, false).includes(
      "What it was asked and what it said is not shown to this key.",
    ),
  );
  assert.match(failed[6] ?? "", /^Round 1 {2}failed \(rate_limit\): Too many · 600 in/);
});

test("CL-75 after a follow-up the last line is the round's, and another sums up all rounds", () => {
  const second = { ...ROUND, number: 2, cost: "0.01", durationMs: 1000 };
  const both = {
    ...INVOCATION,
    rounds: 2,
    cost: "0.01408",
    activeMs: 8300,
    roundList: [ROUND, second],
  };
  assert.deepEqual(phraseEnd(both as Invocation, false), [
    "✓ succeeded · 600 in, 1.6k from cache, 200 to cache, 70 out · $0.01 · 1.0 s · inv_1",
    "  2 rounds in all: 600 in, 1.6k from cache, 200 to cache, 70 out · $0.01408 · 8.3 s",
  ]);
});

test("CL-75 one that could not be started says why and what to do, and is no success", () => {
  const error = {
    code: "invalid",
    message: 'The command "x" was not found.',
    step: null,
    suggestion: "Install it.",
    details: null,
  };
  const never = {
    ...INVOCATION,
    outcome: "failed",
    rounds: 0,
    roundList: [],
    error,
    durationMs: null,
    tokens: null,
    cost: null,
  } as Invocation;
  assert.deepEqual(phraseEnd(never, false), [
    '✗ failed: The command "x" was not found. · inv_1',
    "  Install it.",
  ]);
  assert.equal(exitCodeOf(never), 1);
});
