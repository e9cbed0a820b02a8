/** An execution's relatives, found by the partial indexes on `parent_no`: the open ones and the ended ones. */
import type { Kind } from "#domain/kinds.ts";
import type { Usage } from "#domain/usage.ts";
import type { Store } from "#store/store.ts";

import { readSpending } from "./spending.ts";

export interface Relative {
  readonly no: number;
  readonly parentNo: number | null;
  readonly id: string;
  readonly kind: Kind;
  readonly state: string;
  readonly driver: string;
  readonly label: string | null;
  readonly pausedBy: string | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  /** Null while it is open. */
  readonly endedAt: number | null;
  /** Null while it is open: its facts say. */
  readonly used: Usage | null;
}

const SHARED = [
  "no",
  "parent_no as parentNo",
  "id",
  "kind",
  "state",
  "driver",
  "label",
  "created_at as createdAt",
  "started_at as startedAt",
] as const;

type Among = "no" | "parent_no";

async function open({ db }: Store, among: Among, nos: readonly number[], limit: number) {
  const rows = await db
    .selectFrom("live")
    .select([...SHARED, "paused_by as pausedBy"])
    .where(among, "in", nos)
    .where("lane", "=", 0)
    .orderBy("no")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, kind: row.kind as Kind, endedAt: null, used: null }));
}

async function ended({ db }: Store, among: Among, nos: readonly number[], limit: number) {
  const rows = await db
    .selectFrom("executions")
    .select([...SHARED, "ended_at as endedAt", "steps", "retries", "warnings"])
    .select(["cost", "cost_unknown", "tokens"])
    .where(among, "in", nos)
    .orderBy("no")
    .limit(limit)
    .execute();
  return rows.map(({ steps, retries, warnings, cost, cost_unknown, tokens, kind, ...row }) => ({
    ...row,
    kind: kind as Kind,
    pausedBy: null,
    used: { steps, retries, warnings, spending: readSpending(cost, cost_unknown, tokens) },
  }));
}

/** One that ends between the two reads is taken once, as ended. */
async function read(
  store: Store,
  among: Among,
  nos: readonly number[],
  limit: number,
): Promise<readonly Relative[]> {
  if (nos.length === 0 || limit <= 0) return [];
  const live = await open(store, among, nos, limit);
  const over = await ended(store, among, nos, limit);
  const byNo = new Map<number, Relative>([...live, ...over].map((row) => [row.no, row]));
  return [...byNo.values()].toSorted((a, b) => a.no - b.no).slice(0, limit);
}

export async function relative(store: Store, no: number): Promise<Relative | undefined> {
  return (await read(store, "no", [no], 1))[0];
}

/** Oldest first. */
export function childrenOf(
  store: Store,
  parents: readonly number[],
  limit: number,
): Promise<readonly Relative[]> {
  return read(store, "parent_no", parents, limit);
}

/** How many children each of them has, or had at a time. */
export async function countChildren(
  { db }: Store,
  parents: readonly number[],
  until = Number.MAX_SAFE_INTEGER,
): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  if (parents.length === 0) return counts;
  for (const table of ["live", "executions"] as const) {
    const rows = await db
      .selectFrom(table)
      .select((eb) => ["parent_no as parent", eb.fn.countAll<number>().as("count")])
      .where("parent_no", "in", parents)
      .where("created_at", "<=", until)
      .groupBy("parent_no")
      .execute();
    for (const { parent, count } of rows)
      counts.set(Number(parent), (counts.get(Number(parent)) ?? 0) + Number(count));
  }
  return counts;
}

/** The topmost of its ancestors that is still kept; itself where it has none. */
export async function rootOf(store: Store, from: Relative): Promise<Relative> {
  let root = from;
  for (;;) {
    const parent = root.parentNo === null ? undefined : await relative(store, root.parentNo);
    if (parent === undefined) return root;
    root = parent;
  }
}
