/**
 * A page of executions that a search finds: the index names them, and the other filters are held to them. Like a list,
 * it looks at so many a page, and says how far it came; and how far the index is behind.
 */
import type { Search } from "#search/search.ts";

import {
  LAST,
  listRows,
  type ListQuery,
  pageOf,
  type Reading,
  rangeOf,
  type RowPage,
} from "./list.ts";
import type { Database, ExecutionRow, Order } from "./rows.ts";
import { among, type Range, readWithin } from "./stretch.ts";

export interface FoundQuery extends ListQuery {
  readonly search: NonNullable<ListQuery["search"]>;
}

export interface FoundPage extends RowPage {
  /** When the first fact happened that was not searched; null: all were. */
  readonly behindSince: number | null;
}

/** A page, whether words are searched for or not. */
export function listPage(
  store: Reading,
  index: Pick<Search, "find">,
  query: ListQuery,
): Promise<RowPage> {
  const { search } = query;
  return search === undefined
    ? listRows(store, query)
    : listFound(store.db, index, { ...query, search });
}

const AT_ONCE = 500;
const MOST_LOOKED_AT = 20_000;

export async function listFound(
  db: Database,
  search: Pick<Search, "find">,
  query: FoundQuery,
): Promise<FoundPage> {
  const order: Order = query.sort === "newest" ? "desc" : "asc";
  const asked = { ...query.search, ws: query.ws, order, limit: AT_ONCE } as const;
  const range = await rangeOf(db, query);
  const isWanted = isOneOf(query.nos);
  const found: ExecutionRow[] = [];
  let from = beginningOf(range, order);
  for (let looked = AT_ONCE; ; looked += AT_ONCE) {
    const { nos, goOnFrom, behindSince } = await search.find({ ...asked, from });
    const missing = query.limit + 1 - found.length;
    const wanted = nos.filter(isWanted);
    if (wanted.length > 0)
      found.push(...(await readWithin(db, among(query, wanted), range, order, missing)));
    const edge = goOnFrom === null || isBeyond(goOnFrom, range, order) ? null : goOnFrom;
    const hasLostPatience = nos.length < AT_ONCE || looked >= MOST_LOOKED_AT;
    if (found.length > query.limit || edge === null || hasLostPatience)
      return { ...(await pageOf(db, found, query, edge)), behindSince };
    from = edge;
  }
}

/** Undefined: any is. */
function isOneOf(nos: readonly number[] | undefined): (no: number) => boolean {
  if (nos === undefined) return () => true;
  const set = new Set(nos);
  return (no) => set.has(no);
}

/** Null: at the end that the order begins with. */
function beginningOf({ after, before }: Range, order: Order): number | null {
  if (order === "asc") return after;
  return before === LAST ? null : before;
}

/** Numbers grow with time, so nothing that follows can be in the range either. */
const isBeyond = (no: number, { after, before }: Range, order: Order): boolean =>
  order === "desc" ? no <= after : no >= before;
