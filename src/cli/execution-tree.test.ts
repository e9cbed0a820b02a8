import assert from "node:assert/strict";
import { test } from "node:test";

import type { TreeNode } from "#contract/shapes/executions.ts";
import type { ExecutionId } from "#domain/id.ts";

import { drawTree } from "./execution-tree.ts";

const UNSPENT = { cost: null, costUnknown: 0, tokens: null };
const NOTHING = { steps: 0, retries: 0, warnings: 0, ...UNSPENT };
const TOKENS = { input: 9, cacheRead: 0, cacheWrite: 0, output: 1 };
const SPENT = { cost: "0.02", costUnknown: 1, tokens: TOKENS };

function node(id: string, parentId: string | null, depth: number, more = {}): TreeNode {
  return {
    id: id as ExecutionId,
    parentId: parentId as ExecutionId | null,
    depth,
    kind: "program",
    status: "running",
    phase: "active",
    name: id.toUpperCase(),
    pausedBy: null,
    createdAt: "2026-11-26T00:00:00.000Z",
    startedAt: null,
    completedAt: null,
    children: 0,
    more: false,
    own: NOTHING,
    total: { ...NOTHING, executions: 1 },
    ...more,
  };
}

test("AP-64 a drawn tree says what is left out, and who paused what", () => {
  const olga = { type: "user", id: "olga", name: "Olga" };
  const lines = drawTree([
    node("a", null, 0, { children: 3, more: true, total: { ...NOTHING, steps: 2, executions: 3 } }),
    node("b", "a", 1, { children: 1, own: { ...NOTHING, steps: 1, retries: 2, warnings: 1 } }),
    node("c", "b", 2, { pausedBy: olga }),
    node("d", "a", 1, { own: { ...NOTHING, steps: 1, retries: 1, ...SPENT } }),
  ]);
  assert.deepEqual(lines, [
    "A  running  a  0 steps (at least 2 steps in all)",
    "├─ B  running  b  1 step, 2 retries, 1 warning (0 steps in all)",
    "│  └─ C  running, paused by Olga  c  0 steps",
    "├─ D  running  d  1 step, 1 retry, $0.02 (1 not known)",
    "└─ … 1 more under a",
  ]);
});
