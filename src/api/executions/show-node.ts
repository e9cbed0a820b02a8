import type { TreeNode } from "#contract/shapes/executions.ts";
import type { ExecutionId } from "#domain/id.ts";
import { phaseOf } from "#domain/kinds.ts";
import type { Usage } from "#domain/usage.ts";

import { showTime, showTimeOr } from "../times.ts";
import type { Actors } from "./actors.ts";
import { statusOf } from "./item.ts";
import { showSpending } from "./spending.ts";
import type { TreeNode as Node } from "./tree.ts";

/** A node of a tree as the API shows it. */
export function showNode({ row, parent, ...node }: Node, actors: Actors): TreeNode {
  return {
    id: row.id as ExecutionId,
    parentId: parent === null ? null : (parent.id as ExecutionId),
    depth: node.depth,
    kind: row.kind,
    status: statusOf(row),
    phase: phaseOf(row.kind, row.state) ?? "pending",
    name: row.label ?? row.driver,
    pausedBy: row.pausedBy === null ? null : actors.of(row.pausedBy),
    createdAt: showTime(row.createdAt),
    startedAt: showTimeOr(row.startedAt),
    completedAt: showTimeOr(row.endedAt),
    children: node.children,
    more: node.more,
    own: showUsage(node.own),
    total: { ...showUsage(node.total), executions: node.total.executions },
  };
}

function showUsage({ steps, retries, warnings, spending }: Usage): TreeNode["own"] {
  return { steps, retries, warnings, ...showSpending(spending) };
}
