import assert from "node:assert/strict";
import { test } from "node:test";

import type { ExecutionItem } from "#contract/shapes/executions.ts";
import type { InvocationItem } from "#contract/shapes/invocations.ts";

import type { Listed } from "./listed.ts";
import { drawTop } from "./top-table.ts";
import { widthOf } from "./widths.ts";

const AT = "2026-01-05T09:00:00.000Z";
const NOW = Date.parse(AT) + 65_000;

const ITEM = {
  id: "inv_1",
  kind: "invocation",
  status: "running",
  startedAt: AT,
  createdAt: AT,
  pausedBy: null,
  agent: null,
  label: null,
  cost: null,
  costUnknown: 0,
  tokens: null,
} as unknown as ExecutionItem;

const INVOCATION = {
  cli: "claude",
  label: null,
  prompt: "Fix the\nlogin \u001B[2Jtest 日本",
  cost: "0.00408",
  costUnknown: 0,
  notional: false,
  tokens: { input: 600, cacheRead: 1600, cacheWrite: 200, output: null, reasoning: null },
  rounds: 1,
  now: {
    round: 1,
    state: "working",
    startedAt: AT,
    look: { at: AT, memoryBytes: 200 * 1024 ** 2, cpuShare: 0.42, processes: 3 },
  },
} as unknown as InvocationItem;

const AGENT: Listed = { item: ITEM, invocation: INVOCATION };
const RUN = {
  ...ITEM,
  id: "run_2",
  kind: "automation",
  status: "waiting",
  agent: { id: "agt_1", name: "Welcome", deleted: false },
} as unknown as ExecutionItem;

test("CL-78 top shows each that runs with its state, time, CPU, memory, tokens and cost, and sums on top", () => {
  const shown = [AGENT, { item: RUN, invocation: null }];
  const lines = drawTop({ shown, more: 0 }, NOW, { columns: 120, rows: 30 });
  assert.deepEqual(lines, [
    "2 run · CPU 42% · memory 200 MB",
    "",
    "ID     WHAT        STATE    TIME  CPU  MEMORY    IN  OUT     COST  ABOUT",
    "inv_1  claude      working  1:05  42%  200 MB  2.4k    –  $0.0041  Fix the login test 日本",
    "run_2  automation  waiting  1:05    –       –     –    –        –  Welcome",
  ]);
  assert.deepEqual(drawTop({ shown: [], more: 0 }, NOW, { columns: 80, rows: 24 }), [
    "Nothing runs.",
  ]);
});

test("CL-78 top is never wider or higher than the terminal, and says how many it leaves out", () => {
  const shown = Array.from({ length: 50 }, () => AGENT);
  const lines = drawTop({ shown, more: 0 }, NOW, { columns: 60, rows: 12 });
  assert.ok(lines.length <= 12);
  assert.ok(lines.every((line) => widthOf(line) <= 60));
  assert.equal(lines.at(-1), "… and 42 more");
});

test("CL-150 the time of an invocation is that of the round that runs, not that since its first one", () => {
  const rounds = 2;
  const timeOf = (now: InvocationItem["now"], of = rounds): string | undefined => {
    const invocation = { ...INVOCATION, rounds: of, now };
    const size = { columns: 120, rows: 30 };
    const drawn = drawTop({ shown: [{ item: ITEM, invocation }], more: 0 }, NOW, size);
    return drawn.at(-1)?.split(/ +/)[3];
  };
  const startedAt = new Date(NOW - 7_000).toISOString();
  assert.equal(timeOf({ round: 2, state: "working", startedAt, look: null }), "0:07");
  assert.equal(timeOf({ round: 2, state: "starting", startedAt: null, look: null }), "–");
  assert.equal(timeOf(null), "–");
  assert.equal(timeOf(null, 1), "1:05");
});

test("CL-150 those that were not read are counted, and not summed", () => {
  const lines = drawTop({ shown: [AGENT, AGENT], more: 40 }, NOW, { columns: 80, rows: 30 });
  assert.equal(lines[0], "42 run · CPU 84% · memory 400 MB of the newest 2");
  assert.equal(lines.at(-1), "… and 40 more");
});
