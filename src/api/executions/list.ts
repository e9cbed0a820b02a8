/**
 * A page of executions. What an index narrows is narrowed by it; the other filters look at row after row, at most
 * 20,000 a page: then the page says how far back it looked and where to go on.
 */
import { type Phase, phaseOf } from "#domain/kinds.ts";
import type { Store } from "#store/store.ts";
import { numberAfter } from "#workspace/page.ts";

import { blockedOf } from "./marks.ts";
import {
  type ExecutionRow,
  lastCreatedBy,
  type Narrowed,
  readStretch,
  rowOf,
  type Stretch,
} from "./rows.ts";

export interface ListQuery {
  readonly ws: number;
  readonly agent?: number | undefined;
  readonly kind?: string | undefined;
  readonly states?: readonly string[] | undefined;
  readonly phases?: readonly Phase[] | undefined;
  /** Only what no longer matches its program. */
  readonly blocked?: boolean | undefined;
  /** Created at or after, epoch milliseconds. */
  readonly since?: number | undefined;
  /** Created at or before. */
  readonly until?: number | undefined;
  /** Found in ids and labels, whatever the case. */
  readonly search?: string | undefined;
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

const MOST_LOOKED_AT = 20_000;
const CHUNK = 500;

export async function listRows(store: Store, query: ListQuery): Promise<RowPage> {
  if (query.blocked === true) return listBlocked(store, query);
  const found: ExecutionRow[] = [];
  let from = await startOf(store, query);
  for (let looked = 0; looked < MOST_LOOKED_AT;) {
    const stretch = stretchFrom(from, query);
    const chunk = await readByStates(store, query, stretch);
    const last = chunk.at(-1);
    const isThere = takeFrom(chunk, query, found);
    if (isThere || last === undefined || chunk.length < stretch.limit) {
      return pageOf(found, query, null);
    }
    looked += chunk.length;
    from = last.no;
    if (looked >= MOST_LOOKED_AT) return pageOf(found, query, last);
  }
  return pageOf(found, query, null);
}

/** They are few, and found by their marks. */
async function listBlocked(store: Store, query: ListQuery): Promise<RowPage> {
  const { ws, sort, cursor, limit } = query;
  const sign = sort === "newest" ? -1 : 1;
  const after = cursor === undefined ? null : numberAfter(cursor);
  const nos = (await blockedOf(store, ws)).toSorted((a, b) => sign * (a - b));
  const found: ExecutionRow[] = [];
  for (const no of nos) {
    if (after !== null && sign * (no - after) <= 0) continue;
    const row = await rowOf(store, ws, no);
    if (row !== undefined && isNarrowed(row, query) && matches(row, query)) found.push(row);
    if (found.length > limit) break;
  }
  return pageOf(found, query, null);
}

/** What an index narrows elsewhere. */
function isNarrowed(row: ExecutionRow, { agent, kind, states }: ListQuery): boolean {
  if (row.blocked === null) return false;
  const isOther = (agent ?? row.agent) !== row.agent || (kind ?? row.kind) !== row.kind;
  return !isOther && (states ?? [row.state]).includes(row.state);
}

function stretchFrom(from: number | null, query: ListQuery): Stretch {
  const limit = isExact(query) ? query.limit + 1 : CHUNK;
  return { from, order: query.sort === "newest" ? "desc" : "asc", limit };
}

/** Whether nothing more is to be looked for: the page is full, or the range is behind us. */
function takeFrom(
  chunk: readonly ExecutionRow[],
  query: ListQuery,
  found: ExecutionRow[],
): boolean {
  for (const row of chunk) {
    if (isBeyond(row, query)) return true;
    if (matches(row, query)) found.push(row);
    if (found.length > query.limit) return true;
  }
  return false;
}

/** Whether the indexes alone answer it. */
function isExact({ since, until, search, phases, states, agent, kind }: ListQuery): boolean {
  const looks = [since, until, search, phases].some((filter) => filter !== undefined);
  const narrows = [states, agent, kind].filter((filter) => filter !== undefined).length;
  return !looks && narrows <= 1;
}

async function startOf(
  store: Store,
  { cursor, sort, until, since }: ListQuery,
): Promise<number | null> {
  const given = cursor === undefined ? null : numberAfter(cursor);
  if (sort === "oldest") {
    const before = since === undefined ? null : await lastCreatedBy(store, since - 1);
    return given === null ? before : Math.max(given, before ?? 0);
  }
  const behind = until === undefined ? null : (await lastCreatedBy(store, until)) + 1;
  if (given === null || behind === null) return given ?? behind;
  return Math.min(given, behind);
}

/** One index serves one state; several are read apart and laid together. */
async function readByStates(
  store: Store,
  query: ListQuery,
  stretch: Stretch,
): Promise<readonly ExecutionRow[]> {
  const { ws, agent, kind, states } = query;
  const narrowed: Narrowed = { ws, agent, kind };
  if (states === undefined) return readStretch(store, narrowed, stretch);
  const parts: ExecutionRow[] = [];
  for (const state of states)
    parts.push(...(await readStretch(store, { ...narrowed, state }, stretch)));
  const sign = stretch.order === "desc" ? -1 : 1;
  return parts.toSorted((a, b) => sign * (a.no - b.no)).slice(0, stretch.limit);
}

/** Numbers grow with time, so nothing that follows can be in the range either. */
function isBeyond({ createdAt }: ExecutionRow, { sort, since, until }: ListQuery): boolean {
  return sort === "newest"
    ? since !== undefined && createdAt < since
    : until !== undefined && createdAt > until;
}

function matches(row: ExecutionRow, query: ListQuery): boolean {
  return isInRange(row, query) && hasPhase(row, query) && isNamed(row, query);
}

function isInRange(
  { createdAt }: ExecutionRow,
  { since = 0, until = Infinity }: ListQuery,
): boolean {
  return createdAt >= since && createdAt <= until;
}

function hasPhase({ kind, state }: ExecutionRow, { phases }: ListQuery): boolean {
  const phase = phaseOf(kind, state);
  return phases === undefined || (phase !== undefined && phases.includes(phase));
}

function isNamed({ id, label }: ExecutionRow, { search = "" }: ListQuery): boolean {
  const words = search.toLowerCase();
  return id.includes(words) || label?.toLowerCase().includes(words) === true;
}

function pageOf(
  found: readonly ExecutionRow[],
  { limit }: ListQuery,
  stoppedAt: ExecutionRow | null,
): RowPage {
  const rows = found.slice(0, limit);
  const goOn = found.length > limit ? rows.at(-1) : stoppedAt;
  const nextCursor =
    goOn === undefined || goOn === null ? null : Buffer.from(String(goOn.no)).toString("base64url");
  return { rows, nextCursor, lookedBackTo: stoppedAt?.createdAt ?? null };
}
