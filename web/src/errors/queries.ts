import { queryOptions } from "@tanstack/react-query";

import type { ErrorGroup } from "#contract/shapes/error-groups.ts";

import { api } from "../api/api.ts";
import { listOptions } from "../api/lists.ts";
import { type ErrorFilter, shownBy } from "./filter.ts";
import { phraseError } from "./words.ts";

/** All of them are one page. */
export const errorsQuery = (workspaceId: string, filter: ErrorFilter) =>
  listOptions<ErrorGroup>(["errors", workspaceId, filter], async (_cursor, signal) => {
    const query = shownBy(filter);
    const groups = await api.groupErrors({ params: { workspaceId }, query }, { signal });
    return { ...groups, nextCursor: null };
  });

export const errorWordsQuery = (workspaceId: string, id = "") =>
  queryOptions({
    queryKey: ["errors", workspaceId, "words", id],
    enabled: id !== "",
    queryFn: async ({ signal }) =>
      phraseError(await api.groupErrors({ params: { workspaceId } }, { signal }), id),
  });
