/**
 * A page of executions that a search finds: the index names them, and the other filters are held to them. Like a list,
 * it looks at so many a page, and says how far it came; and how far the index is behind.
 */
import type { Search } from "#search/search.ts";
import type { Store } from "#store/store.ts";

import {
  CHUNK,
  type ListQuery,
  MOST_LOOKED_AT,
  pageOf,
  readByStates,
  type RowPage,
  startOf,
  takeFrom,
} from "./list.ts";
import { type ExecutionRow, readStretch } from "./rows.ts";

export interface FoundQuery extends ListQuery {
  readonly search: NonNullable<ListQuery["search"]>;
}

export interface FoundPage extends RowPage {
  /** When the first fact happened that was not searched; null: all were. */
  readonly behindSince: number | null;
}

export async function listFound(
  store: Store,
  search: Pick<Search, "find">,
  query: FoundQuery,
): Promise<FoundPage> {
  const found: ExecutionRow[] = [];
  const order = query.sort === "newest" ? "desc" : "asc";
  const asked = { ...query.search, ws: query.ws, order, limit: CHUNK } as const;
  let from = await startOf(store, query);
  for (let looked = CHUNK; ; looked += CHUNK) {
    const { nos, goOnFrom, behindSince } = await search.find({ ...asked, from });
    const stretch = { from: null, order, limit: nos.length, among: nos } as const;
    const rows = await readByStates(store, query, stretch);
    if (takeFrom(rows, query, found) || goOnFrom === null) {
      return { ...pageOf(found, query, null), behindSince };
    }
    from = goOnFrom;
    const hasLostPatience = nos.length < CHUNK;
    if (!hasLostPatience && looked < MOST_LOOKED_AT) continue;
    const [next] = await readStretch(store, { ws: query.ws }, { from, order, limit: 1 });
    const stoppedAt = next === undefined ? null : { no: from, createdAt: next.createdAt };
    return { ...pageOf(found, query, stoppedAt), behindSince };
  }
}
