/** An execution with all that runs or ran under it, in one read: nearest first, as many as are asked for. */
import { createExecution, evolveAll } from "#domain/execution.ts";
import { addUsage, type Usage, usageOf } from "#domain/usage.ts";
import type { Ledger } from "#ledger/ledger.ts";

import { childrenOf, countChildren, type Relative, relative, rootOf } from "./family.ts";

export interface TreeQuery {
  readonly from: "here" | "root";
  readonly limit: number;
}

export interface TreeNode {
  readonly row: Relative;
  readonly parent: Relative | null;
  readonly depth: number;
  /** Of its own, listed or not. */
  readonly children: number;
  /** Something under it is not listed: the totals are of what is. */
  readonly more: boolean;
  readonly own: Usage;
  readonly total: Usage & { readonly executions: number };
}

/** Each node before those under it, children in the order of their birth. */
export async function readTree(
  ledger: Ledger,
  no: number,
  { from, limit }: TreeQuery,
): Promise<readonly TreeNode[]> {
  const here = await relative(ledger.store, no);
  if (here === undefined) return [];
  const top = from === "root" ? await rootOf(ledger.store, here) : here;
  const rows = await readRows(ledger, top, limit);
  const counts = await countChildren(
    ledger.store,
    rows.map((row) => row.no),
  );
  const used = await Promise.all(
    rows.map(async (row) => ({ row, own: await usedBy(ledger, row) })),
  );
  return inOrder(rollUp(used, counts));
}

/** Level by level, so that what is left out is what is furthest away. */
async function readRows(
  { store }: Ledger,
  top: Relative,
  limit: number,
): Promise<readonly Relative[]> {
  const rows = [top];
  let level = [top.no];
  while (level.length > 0) {
    const next = await childrenOf(store, level, limit - rows.length);
    rows.push(...next);
    level = next.map(({ no }) => no);
  }
  return rows;
}

async function usedBy(ledger: Ledger, { no, used }: Relative): Promise<Usage> {
  if (used !== null) return usageOf(used);
  const entries = await ledger.read(no, 0);
  const [first] = entries;
  const created = first?.facts[0];
  if (first === undefined || created?.t !== "created") throw new Error("it begins by its creation");
  let execution = createExecution(created, first.at);
  for (const { facts, at } of entries) execution = evolveAll(execution, facts, at);
  return usageOf(execution);
}

interface Growing {
  readonly row: Relative;
  readonly parent: Growing | null;
  readonly depth: number;
  readonly children: number;
  readonly own: Usage;
  readonly under: Growing[];
  more: boolean;
  total: Usage & { readonly executions: number };
}

function rollUp(
  used: readonly { readonly row: Relative; readonly own: Usage }[],
  counts: ReadonlyMap<number, number>,
): Growing | undefined {
  const nodes = new Map<number, Growing>();
  for (const { row, own } of used) {
    const parent = nodes.get(row.parentNo ?? 0) ?? null; // the first one's is not among them
    const depth = parent === null ? 0 : parent.depth + 1;
    const children = counts.get(row.no) ?? 0;
    const total = { ...own, executions: 1 };
    const node: Growing = { row, parent, depth, children, own, total, under: [], more: false };
    parent?.under.push(node);
    nodes.set(row.no, node);
  }
  const all = [...nodes.values()];
  for (const node of all.toReversed()) addToParent(node);
  return all[0];
}

/** Who comes later in the list lies deeper, so what is under a node has been added to it by now. */
function addToParent(node: Growing): void {
  const { parent, under, children, total } = node;
  node.more ||= under.length < children;
  if (parent === null) return;
  parent.more ||= node.more;
  const executions = parent.total.executions + total.executions;
  parent.total = { ...addUsage(parent.total, total), executions };
}

function inOrder(top: Growing | undefined): readonly TreeNode[] {
  const ordered: TreeNode[] = [];
  const ahead = top === undefined ? [] : [top];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    const { under, parent, ...rest } = node;
    ordered.push({ ...rest, parent: parent?.row ?? null });
    ahead.push(...under.toReversed());
  }
  return ordered;
}
