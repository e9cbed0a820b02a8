/**
 * A stretch of executions: so many rows of each index that is walked are looked at, and no more. Where
 * it ends is asked of the indexes alone; the rows that fit are then read between two numbers.
 */
import { sql } from "kysely";

import { isEndedState } from "#domain/kinds.ts";

import {
  asksForEnd,
  asksForOpen,
  byBlocked,
  byIndex,
  byLooking,
  byMark,
  type Filters,
  type Indexed,
  statesOf,
} from "./filters.ts";
import {
  type Condition,
  type Database,
  endedRows,
  type ExecutionRow,
  openRows,
  type Order,
} from "./rows.ts";

/** Numbers of executions, both ends exclusive. */
export interface Range {
  readonly after: number;
  readonly before: number;
}

/** An index that is walked, and what is looked at row by row. */
export interface Source {
  readonly table: "live" | "executions";
  readonly walked: readonly Condition[];
  readonly looked: readonly Condition[];
  /** Nothing beyond this number fits. */
  readonly last?: number;
}

/** @param by the filter whose index is walked; the open ones have none but the workspace's */
export function sourcesOf(filters: Filters, by: Indexed | undefined): readonly Source[] {
  const states = statesOf(filters);
  const ofWorkspace: Condition = sql`ws = ${filters.ws}`;
  const hasOpen = !asksForEnd(filters) && (states?.some((one) => !isEndedState(one)) ?? true);
  const open: Source = {
    table: "live",
    walked: [sql`lane = 0`, ofWorkspace, ...byBlocked(filters)],
    looked: [...byLooking(filters, undefined), ...byMark(filters)],
  };
  if (asksForOpen(filters)) return hasOpen ? [open] : [];
  const looked = byLooking(filters, by);
  const ended = walks(filters, by, states?.filter(isEndedState)).map((walk): Source => ({
    table: "executions",
    walked: [ofWorkspace, ...walk],
    looked,
  }));
  return hasOpen ? [open, ...ended] : ended;
}

/** The same filters, held to these numbers instead of an index. */
export function among(filters: Filters, nos: readonly number[]): readonly Source[] {
  const named = [sql<boolean>`+ws = ${filters.ws}`, sql<boolean>`no in (${sql.join(nos)})`];
  const looked = byLooking(filters, undefined);
  const ended: Source = { table: "executions", walked: named, looked };
  if (asksForEnd(filters)) return [ended];
  const marked = [...looked, ...byMark(filters), ...byBlocked(filters)];
  const open: Source = { table: "live", walked: [sql`lane = 0`, ...named], looked: marked };
  return asksForOpen(filters) ? [open] : [open, ended];
}

/** The same, from a number downwards. */
export function upTo(source: Source, last: number): Source {
  return { ...source, last };
}

/** One for each state: an index serves one state at a time. */
function walks(
  { agent, kind }: Filters,
  by: Indexed | undefined,
  ended: readonly string[] | undefined,
): readonly (readonly Condition[])[] {
  if (ended?.length === 0) return [];
  if (by === "state") return (ended ?? []).map((state) => [byIndex.state(state)]);
  if (by === "agent" && agent !== undefined) return [[byIndex.agent(agent)]];
  if (by === "kind" && kind !== undefined) return [[byIndex.kind(kind)]];
  return [[]];
}

export interface Stretch {
  readonly within: Range;
  /** The last number that was looked at; null: there is nothing beyond. */
  readonly edge: number | null;
}

/** The part of the range in which no more than `most` rows of a table are looked at. */
export async function stretchOf(
  db: Database,
  sources: readonly Source[],
  range: Range,
  order: Order,
  most: Readonly<Record<Source["table"], number>>,
): Promise<Stretch> {
  const edges: number[] = [];
  for (const source of sources) {
    const sharing = sources.filter(({ table }) => table === source.table).length;
    const each = Math.max(1, Math.floor(most[source.table] / sharing));
    const edge = source.looked.length === 0 ? null : await edgeOf(db, source, range, order, each);
    if (edge !== null) edges.push(edge);
  }
  if (edges.length === 0) return { within: range, edge: null };
  const edge = order === "desc" ? Math.max(...edges) : Math.min(...edges);
  const within = order === "desc" ? { ...range, after: edge - 1 } : { ...range, before: edge + 1 };
  return { within, edge };
}

/** The number of the last of so many rows; null: there are fewer. */
async function edgeOf(
  db: Database,
  { table, walked, last = LAST }: Source,
  range: Range,
  order: Order,
  most: number,
): Promise<number | null> {
  const where = sql.join([...walked, ...between(range, last)], sql` and `);
  const [outermost, direction] = order === "desc" ? [sql`min`, sql`desc`] : [sql`max`, sql`asc`];
  const found = await sql<{ readonly n: number; readonly edge: number | null }>`
    select count(*) as n, ${outermost}(no) as edge from (select no from ${sql.table(table)}
      where ${where} order by no ${direction} limit ${most}) as walked`.execute(db);
  const row = found.rows[0];
  return row === undefined || row.n < most ? null : row.edge;
}

/** One bound each way: with two, another index looks as good to the database. */
function between({ after, before }: Range, last: number): readonly Condition[] {
  return [sql`no > ${after}`, sql`no <= ${Math.min(before - 1, last)}`];
}

const LAST = Number.MAX_SAFE_INTEGER;

/** What fits, in order. One that ends between two reads is taken once, as ended. */
export async function readWithin(
  db: Database,
  sources: readonly Source[],
  range: Range,
  order: Order,
  limit: number,
): Promise<readonly ExecutionRow[]> {
  const byNo = new Map<number, ExecutionRow>();
  for (const { table, walked, looked, last = LAST } of sources) {
    const wanted = { where: [...walked, ...looked, ...between(range, last)], order, limit };
    const rows = await (table === "live" ? openRows(db, wanted) : endedRows(db, wanted));
    for (const row of rows) byNo.set(row.no, row);
  }
  const sign = order === "desc" ? -1 : 1;
  return [...byNo.values()].toSorted((a, b) => sign * (a.no - b.no)).slice(0, limit);
}
