import { queryOptions } from "@tanstack/react-query";

import type { InvocationItem } from "#contract/shapes/invocations.ts";

import { api } from "../api/api.ts";
import { listOptions } from "../api/lists.ts";
import type { InvocationFilter } from "./filter.ts";

export const invocationsQuery = (workspaceId: string, filter: InvocationFilter) =>
  listOptions<InvocationItem>(["invocations", workspaceId, filter], (cursor, signal) => {
    const { node, ...rest } = filter;
    const query = {
      ...rest,
      limit: 50,
      ...(node === undefined ? {} : { nodeId: node }),
      ...(cursor === undefined ? {} : { cursor }),
    };
    return api.listInvocations({ params: { workspaceId }, query }, { signal });
  });

export const invocationQuery = (workspaceId: string, executionId: string) =>
  queryOptions({
    queryKey: ["invocation", workspaceId, executionId],
    queryFn: ({ signal }) =>
      api.getInvocation({ params: { workspaceId, executionId } }, { signal }),
  });

/** The last lines of a round's error output. */
export const errorOutputQuery = (workspaceId: string, executionId: string, round: number) =>
  queryOptions({
    queryKey: ["errorOutput", workspaceId, executionId, round],
    queryFn: ({ signal }) =>
      api.readOutput(
        {
          params: { workspaceId, executionId, round },
          query: { of: "errors", back: "true", limit: 200 },
        },
        { signal },
      ),
  });
