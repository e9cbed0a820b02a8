import { queryOptions } from "@tanstack/react-query";

import type { ErrorGroup } from "#contract/shapes/error-groups.ts";

import { api } from "../api/api.ts";
import { listOptions } from "../api/lists.ts";
import { type ErrorFilter, shownBy } from "./filter.ts";

/** All of them are one page. */
export const errorsQuery = (workspaceId: string, filter: ErrorFilter) =>
  listOptions<ErrorGroup>(["errors", workspaceId, filter], async (_cursor, signal) => {
    const query = shownBy(filter);
    const groups = await api.groupErrors({ params: { workspaceId }, query }, { signal });
    return { ...groups, nextCursor: null };
  });

/** What an error says, for who narrows a list by it; null: nothing of it is known any more. */
export const errorMessageQuery = (workspaceId: string, id: string | undefined) =>
  queryOptions({
    queryKey: ["errors", workspaceId, "message", id ?? null],
    enabled: id !== undefined,
    queryFn: async ({ signal }) => {
      const { items } = await api.groupErrors({ params: { workspaceId } }, { signal });
      return items.find((group) => group.id === id)?.message ?? null;
    },
  });
