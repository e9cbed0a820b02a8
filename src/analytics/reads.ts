/**
 * The roll-ups of some days, summed by the database as far as it can. All of it is read by the reading
 * thread; what has run is not looked at.
 */
import { sql } from "kysely";

import type { Total } from "#ledger/contribution.ts";
import type { Store } from "#store/store.ts";

import type { StateSum } from "./summary.ts";

/** Days since 1970-01-01 in the workspace's zone, both inclusive. */
export interface Days {
  readonly from: number;
  readonly to: number;
}

export interface Scope extends Days {
  readonly ws: number;
  /** One agent's alone. */
  readonly agent?: number | undefined;
}

export type By = "start" | "agent";
export type SumBy = StateSum & { readonly by: number };

/** Sums of each state, by day or by agent. */
export async function readStates(
  { heavy }: Pick<Store, "heavy">,
  scope: Scope,
  by: By,
): Promise<readonly SumBy[]> {
  const found = await sql<SumBy>`
    select ${sql.ref(by)} as "by", state, sum(n) as n, sum(active_ms) as "activeMs",
      sum(steps) as steps, sum(retries) as retries, sum(warnings) as warnings
    from rollups where ${inScope(scope)} group by ${sql.ref(by)}, state`.execute(heavy);
  return found.rows;
}

export interface TotalBy {
  readonly by: number;
  readonly total: Total;
}

/** Sums by name, by day or by agent. */
export async function readTotals(
  { heavy }: Pick<Store, "heavy">,
  scope: Scope,
  by: By,
): Promise<readonly TotalBy[]> {
  const found = await sql<{ readonly by: number; readonly name: string; readonly n: number }>`
    select ${sql.ref(by)} as "by", name, sum(n) as n
    from totals where ${inScope(scope)} group by ${sql.ref(by)}, name`.execute(heavy);
  return found.rows.map(({ by: of, name, n }) => ({ by: of, total: [name, n] }));
}

const SKETCHES_AT_ONCE = 1000;

export interface SketchRow {
  readonly start: number;
  readonly agent: number;
  readonly counts: Uint8Array;
}

/** In parts, so that adding them up never holds the event loop for long. */
export function readSketches(
  { heavy }: Pick<Store, "heavy">,
  scope: Scope,
): AsyncIterableIterator<SketchRow> {
  return heavy
    .selectFrom("sketches")
    .select(["start", "agent", "counts"])
    .where(inScope(scope))
    .stream(SKETCHES_AT_ONCE);
}

function inScope({ ws, agent, from, to }: Scope) {
  const days = sql<boolean>`ws = ${ws} and span = 'd' and start between ${from} and ${to}`;
  return agent === undefined ? days : sql<boolean>`${days} and agent = ${agent}`;
}

/** The first day of which there is anything. */
export async function firstDay({ db }: Pick<Store, "db">, ws: number): Promise<number | undefined> {
  const row = await db
    .selectFrom("rollups")
    .select("start")
    .where("ws", "=", ws)
    .where("span", "=", "d")
    .orderBy("start")
    .limit(1)
    .executeTakeFirst();
  return row?.start;
}

export interface OpenCounts {
  readonly states: readonly { readonly state: string; readonly n: number }[];
  /** Whether all were counted. */
  readonly isWhole: boolean;
}

const MOST_COUNTED = 10_000;

/** How many are open, as far as can be counted in a moment. */
export async function countOpen(
  { heavy }: Pick<Store, "heavy">,
  ws: number,
  agent: number | undefined,
): Promise<OpenCounts> {
  const { rows } = await sql<{
    readonly agent: number;
    readonly state: string;
    readonly n: number;
  }>`
    select agent, state, count(*) as n from (select agent, state from live
      where lane = 0 and ws = ${ws} order by no desc limit ${MOST_COUNTED}) as latest
    group by agent, state`.execute(heavy);
  const looked = rows.reduce((sum, { n }) => sum + n, 0);
  const states = rows.filter((row) => agent === undefined || row.agent === agent);
  return { states, isWhole: looked < MOST_COUNTED };
}
