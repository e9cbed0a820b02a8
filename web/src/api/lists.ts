/** Lists that go on by cursor: one page after another, kept as they came. */
import {
  infiniteQueryOptions,
  type InfiniteData,
  type QueryKey,
  type UseInfiniteQueryResult,
} from "@tanstack/react-query";

import type { List } from "#contract/shapes/common.ts";

export type Pages<Item> = InfiniteData<List<Item>>;
export type ListResult<Item> = UseInfiniteQueryResult<Pages<Item>>;

type FetchPage<Item> = (cursor: string | undefined, signal: AbortSignal) => Promise<List<Item>>;

// The type of these options is spelled out by the library alone.
export function listOptions<Item>(queryKey: QueryKey, fetchPage: FetchPage<Item>) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: List<Item>) => last.nextCursor ?? undefined,
  });
}

export function rowsOf<Item>(data: Pages<Item> | undefined): readonly Item[] {
  return data?.pages.flatMap(({ items }) => items) ?? [];
}
