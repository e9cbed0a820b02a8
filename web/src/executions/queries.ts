import { queryOptions } from "@tanstack/react-query";

import type { ExecutionItem } from "#contract/shapes/executions.ts";

import { api } from "../api/api.ts";
import { listOptions } from "../api/lists.ts";
import type { ExecutionsQuery } from "./filter.ts";

const pageOf = (cursor: string | undefined, limit: number) => ({
  limit,
  ...(cursor === undefined ? {} : { cursor }),
});

/** Every kind's, or one agent's (whose route answers for a deleted one too). */
export const executionsQuery = (workspaceId: string, query: ExecutionsQuery, agentId?: string) =>
  listOptions<ExecutionItem>(
    ["executions", workspaceId, agentId ?? null, query],
    (cursor, signal) => {
      const page = pageOf(cursor, 50);
      if (agentId === undefined) {
        return api.listExecutions(
          { params: { workspaceId }, query: { ...page, ...query } },
          { signal },
        );
      }
      const { agentId: _agentId, ...rest } = query;
      return api.listAgentExecutions(
        { params: { workspaceId, agentId }, query: { ...page, ...rest } },
        { signal },
      );
    },
  );

export const executionQuery = (workspaceId: string, executionId: string) =>
  queryOptions({
    queryKey: ["execution", workspaceId, executionId],
    queryFn: ({ signal }) => api.getExecution({ params: { workspaceId, executionId } }, { signal }),
  });

export const treeQuery = (workspaceId: string, executionId: string) =>
  queryOptions({
    queryKey: ["tree", workspaceId, executionId],
    queryFn: ({ signal }) =>
      api.getExecutionTree(
        { params: { workspaceId, executionId }, query: { from: "root" } },
        { signal },
      ),
  });

export const journeysQuery = (
  workspaceId: string,
  executionId: string,
  state: string | undefined,
) =>
  listOptions(["journeys", workspaceId, executionId, state ?? null], (cursor, signal) =>
    api.listJourneys(
      {
        params: { workspaceId, executionId },
        query: { ...pageOf(cursor, 50), ...(state === undefined ? {} : { state }) },
      },
      { signal },
    ),
  );

export const factsQuery = (workspaceId: string, executionId: string) =>
  listOptions(["facts", workspaceId, executionId], (cursor, signal) =>
    api.listFacts({ params: { workspaceId, executionId }, query: pageOf(cursor, 100) }, { signal }),
  );
