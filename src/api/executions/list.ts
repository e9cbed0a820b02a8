/**
 * A page of executions. The index that narrows most is walked; the other filters look at row after row, at most
 * 20,000 ended ones a page: then the page says how far back it looked and where to go on.
 */
import type { Store } from "#store/store.ts";
import { numberAfter } from "#workspace/page.ts";

import type { Filters } from "./filters.ts";
import { narrowingOf } from "./narrowing.ts";
import { type Database, type ExecutionRow, lastCreatedBy, type Order, rowOf } from "./rows.ts";
import {
  among,
  type Range,
  readWithin,
  type Source,
  sourcesOf,
  stretchOf,
  upTo,
} from "./stretch.ts";

export interface ListQuery extends Filters {
  readonly sort: "newest" | "oldest";
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface RowPage {
  readonly rows: readonly ExecutionRow[];
  readonly nextCursor: string | null;
  /** The search stopped here: nothing beyond was looked at yet. */
  readonly lookedBackTo: number | null;
}

/** So many rows are looked at here, and so many more in the reading thread. */
export interface Looks {
  readonly here: number;
  readonly beside: number;
  /** So many of the open ones there: they have no index but the workspace's, and hide what ended before. */
  readonly open: number;
}
const LOOKS: Looks = { here: 2000, beside: 18_000, open: 200_000 };

export type Reading = Pick<Store, "db" | "heavy">;

export async function listRows(
  store: Reading,
  query: ListQuery,
  looks: Looks = LOOKS,
): Promise<RowPage> {
  const { limit, nos } = query;
  if (nos !== undefined) return listAmong(store.db, query, nos);
  const order: Order = query.sort === "newest" ? "desc" : "asc";
  const sources = await walkedSources(store.db, query);
  let range = await rangeOf(store.db, query);
  const found: ExecutionRow[] = [];
  let edge: number | null = null;
  for (const { db, most } of [
    { db: store.db, most: { executions: looks.here, live: looks.here } },
    { db: store.heavy, most: { executions: looks.beside, live: looks.open } },
  ]) {
    const stretch = await stretchOf(db, sources, range, order, most);
    const missing = limit + 1 - found.length;
    found.push(...(await readWithin(db, sources, stretch.within, order, missing)));
    ({ edge } = stretch);
    if (found.length > limit || edge === null) break;
    range = order === "desc" ? { ...range, before: edge } : { ...range, after: edge };
  }
  return pageOf(store.db, found, query, edge);
}

/** Those that are known by number already; few enough to look at all of them. */
async function listAmong(db: Database, query: ListQuery, nos: readonly number[]): Promise<RowPage> {
  if (nos.length === 0) return { rows: [], nextCursor: null, lookedBackTo: null };
  const order: Order = query.sort === "newest" ? "desc" : "asc";
  const range = await rangeOf(db, query);
  const found = await readWithin(db, among(query, nos), range, order, query.limit + 1);
  return pageOf(db, found, query, null);
}

/** What roll-ups say has nothing to offer is not walked, or only from where there is something. */
async function walkedSources(db: Database, query: ListQuery): Promise<readonly Source[]> {
  const { by, endedBy } = await narrowingOf(db, query);
  const sources = sourcesOf(query, by);
  if (endedBy === undefined) return sources;
  const open = sources.filter(({ table }) => table === "live");
  if (endedBy === null) return open;
  const last = await lastCreatedBy(db, endedBy);
  const ended = sources.filter(({ table }) => table === "executions");
  return [...open, ...ended.map((source) => upTo(source, last))];
}

/** Appends may overtake each other a little: what was created first need not have the lower number. */
const DISORDER_MS = 60_000;

/** The numbers that can be in the time that is asked for, from the cursor on. */
export async function rangeOf(db: Database, query: ListQuery): Promise<Range> {
  const { cursor, sort, until, since } = query;
  const given = cursor === undefined ? undefined : numberAfter(cursor);
  const after = since === undefined ? 0 : await lastCreatedBy(db, since - DISORDER_MS);
  const before = until === undefined ? LAST : (await lastCreatedBy(db, until)) + 1;
  if (given === undefined) return { after, before };
  return sort === "newest"
    ? { after, before: Math.min(given, before) }
    : { after: Math.max(given, after), before };
}

export const LAST = Number.MAX_SAFE_INTEGER;

export async function pageOf(
  db: Database,
  found: readonly ExecutionRow[],
  { limit, ws }: ListQuery,
  edge: number | null,
): Promise<RowPage> {
  const rows = found.slice(0, limit);
  if (found.length > limit) {
    return { rows, nextCursor: cursorAfter(rows.at(-1)?.no ?? 0), lookedBackTo: null };
  }
  if (edge === null) return { rows, nextCursor: null, lookedBackTo: null };
  const last = await rowOf({ db }, ws, edge);
  return { rows, nextCursor: cursorAfter(edge), lookedBackTo: last?.createdAt ?? null };
}

/** Where the page after that number begins. */
export function cursorAfter(no: number): string {
  return Buffer.from(String(no)).toString("base64url");
}
