import type { TreeNode } from "#contract/shapes/executions.ts";

import type { ActOptions } from "./execution-acts.ts";
import { EXIT } from "./exit-codes.ts";
import { placeOf, reach } from "./reach.ts";
import { phraseMoney } from "./telling/phrases.ts";
import type { Terminal } from "./terminal.ts";
import { findWorkspace } from "./workspace.ts";

export interface TreeOptions extends ActOptions {
  readonly root: boolean;
  readonly limit: number;
}

export async function showTree(
  terminal: Terminal,
  id: string,
  { data, workspace, json, root, limit }: TreeOptions,
): Promise<number> {
  await using client = await reach(placeOf(data));
  const { id: workspaceId } = await findWorkspace(client, workspace);
  const query = new URLSearchParams({ from: root ? "root" : "here", limit: String(limit) });
  const path = `/api/workspaces/${workspaceId}/executions/${encodeURIComponent(id)}/tree?${query.toString()}`;
  const { items } = (await client.ask({ method: "GET", path })) as { items: TreeNode[] };
  const lines = json ? items.map((node) => JSON.stringify(node)) : drawTree(items);
  for (const line of lines) terminal.out(line);
  return EXIT.done;
}

/** A line for each, its children below it, and a last one for those that are left out. */
export function drawTree(nodes: readonly TreeNode[]): readonly string[] {
  const under = Map.groupBy(nodes, ({ parentId }) => parentId);
  const draw = (node: TreeNode, head: string, below: string): readonly string[] => {
    const children = under.get(node.id) ?? [];
    const left = node.children - children.length;
    const lines = children.map((child, index) =>
      index + 1 === children.length && left === 0
        ? draw(child, `${below}└─ `, `${below}   `)
        : draw(child, `${below}├─ `, `${below}│  `),
    );
    const leftOut = left === 0 ? [] : [`${below}└─ … ${left} more under ${node.id}`];
    return [`${head}${phraseNode(node)}`, ...lines.flat(), ...leftOut];
  };
  return (under.get(null) ?? []).flatMap((top) => draw(top, "", ""));
}

function phraseNode({ id, name, status, pausedBy, children, own, total, more }: TreeNode): string {
  const paused = pausedBy === null ? "" : `, paused by ${pausedBy.name}`;
  const all = children === 0 ? "" : ` (${more ? "at least " : ""}${phraseUsage(total)} in all)`;
  return `${name}  ${status}${paused}  ${id}  ${phraseUsage(own)}${all}`;
}

function phraseUsage({ steps, retries, warnings, ...spent }: TreeNode["own"]): string {
  const parts = [count(steps, "step")];
  if (retries > 0) parts.push(retries === 1 ? "1 retry" : `${retries} retries`);
  if (warnings > 0) parts.push(count(warnings, "warning"));
  if (spent.tokens !== null) parts.push(phraseMoney(spent));
  return parts.join(", ");
}

const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? "" : "s"}`;
