/**
 * The roll-ups of some days, summed by the database as far as it can. All of it is read by the reading
 * thread; what has run is not looked at.
 */
import { sql } from "kysely";

import { SPENT, type Total } from "#ledger/contribution.ts";
import type { Store } from "#store/store.ts";

import type { StateSum } from "./summary.ts";

type Reading = Pick<Store, "heavy">;

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

export type SumBy = StateSum & { readonly by: number };

/** Sums of each state, by day or by agent. */
export async function readStates(
  { heavy }: Reading,
  scope: Scope,
  by: "start" | "agent",
): Promise<readonly SumBy[]> {
  const found = await sql<SumBy>`
    select ${sql.ref(by)} as "by", state, sum(n) as n, sum(active_ms) as "activeMs",
      sum(steps) as steps, sum(retries) as retries, sum(warnings) as warnings
    from rollups where ${inScope(scope)} group by ${sql.ref(by)}, state`.execute(heavy);
  return found.rows;
}

export interface NamedSum {
  readonly agent: number;
  readonly isBefore: boolean;
  readonly total: Total;
}

/** Sums by name of each agent, before a day and from it on. */
export async function readTotals(
  { heavy }: Reading,
  scope: Scope,
  from: number,
): Promise<readonly NamedSum[]> {
  const found = await sql<Named & { readonly name: string; readonly n: number }>`
    select agent, start < ${from} as before, name, sum(n) as n
    from totals where ${inScope(scope)} group by agent, before, name`.execute(heavy);
  return found.rows.map(({ agent, before, name, n }) => ({
    agent,
    isBefore: before === 1,
    total: [name, n],
  }));
}

interface Named {
  readonly agent: number;
  readonly before: number;
}

/** What is known to have been spent each day, in nano-dollars. */
export async function readCosts(
  { heavy }: Reading,
  scope: Scope,
): Promise<ReadonlyMap<number, number>> {
  const found = await sql<{ readonly start: number; readonly n: number }>`
    select start, sum(n) as n from totals
    where ${inScope(scope)} and name = ${SPENT.cost} group by start`.execute(heavy);
  return new Map(found.rows.map(({ start, n }) => [start, n]));
}

export interface Durations {
  readonly agent: number;
  readonly isBefore: boolean;
  readonly counts: Uint8Array;
}

/** The sketches of each agent added up, before a day and from it on. */
export async function readDurations(
  { heavy }: Reading,
  scope: Scope,
  from: number,
): Promise<readonly Durations[]> {
  const found = await sql<Named & { readonly counts: Uint8Array }>`
    select agent, start < ${from} as before, add_sketches(counts) as counts
    from sketches where ${inScope(scope)} group by agent, before`.execute(heavy);
  return found.rows.map(({ agent, before, counts }) => ({ agent, isBefore: before === 1, counts }));
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
  { heavy }: Reading,
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
