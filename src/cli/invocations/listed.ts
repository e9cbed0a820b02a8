/** Reads executions, and what is known of them as invocations. */
import type { ExecutionItem } from "#contract/shapes/executions.ts";
import type { InvocationItem } from "#contract/shapes/invocations.ts";

import type { Desk } from "../desk.ts";
import type { Listed } from "../telling/listed.ts";
import { readAll } from "../workspace.ts";

const MOST_A_PAGE = 200;

/** Those that are not over. */
const OPEN = "phase=pending,active,waiting";

export async function readSome<Item>(
  { client, base }: Pick<Desk, "client" | "base">,
  path: string,
  most: number,
): Promise<readonly Item[]> {
  const sign = path.includes("?") ? "&" : "?";
  const whole = `${base}/${path}${sign}limit=${Math.min(most, MOST_A_PAGE)}`;
  const items: Item[] = [];
  for await (const item of readAll<Item>(client, whole)) {
    items.push(item);
    if (items.length === most) break;
  }
  return items;
}

/** Newest first: invocations, and of the other kinds what is not over; `all`: of every kind what there is. */
export async function readListed(
  desk: Desk,
  most: number,
  all: boolean,
): Promise<readonly Listed[]> {
  const paths = all ? ["executions"] : ["executions?kind=invocation", `executions?${OPEN}`];
  const lists = await Promise.all(paths.map((path) => readSome<ExecutionItem>(desk, path, most)));
  const byId = new Map(lists.flat().map((item) => [item.id, item]));
  const items = [...byId.values()]
    .toSorted((one, other) => other.createdAt.localeCompare(one.createdAt))
    .slice(0, most);
  const known = await invocationsAmong(desk, items);
  return items.map((item) => ({ item, invocation: known.get(item.id) ?? null }));
}

async function invocationsAmong(
  desk: Desk,
  items: readonly ExecutionItem[],
): Promise<ReadonlyMap<string, InvocationItem>> {
  const count = items.filter(({ kind }) => kind === "invocation").length;
  if (count === 0) return new Map();
  const invocations = await readSome<InvocationItem>(desk, "invocations", count);
  return new Map(invocations.map((invocation) => [invocation.id, invocation]));
}
