import { queryOptions } from "@tanstack/react-query";

import type { Agent } from "#contract/shapes/agents.ts";

import { api } from "../api/api.ts";
import { listOptions } from "../api/lists.ts";

interface AgentListSearch {
  readonly search?: string | undefined;
  readonly status?: string | undefined;
}

export const agentsQuery = (workspaceId: string, search: AgentListSearch = {}) =>
  listOptions(["agents", workspaceId, search], (cursor, signal) =>
    api.listAgents(
      {
        params: { workspaceId },
        query: {
          limit: 50,
          ...(cursor === undefined ? {} : { cursor }),
          ...(search as { status?: Agent["status"] }),
        },
      },
      { signal },
    ),
  );

/** Enough agents to name them in filters and in the command palette. */
export const agentNamesQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ["agentNames", workspaceId],
    queryFn: ({ signal }) =>
      api.listAgents({ params: { workspaceId }, query: { limit: 200 } }, { signal }),
    staleTime: 60_000,
  });

export const agentQuery = (workspaceId: string, agentId: string) =>
  queryOptions({
    queryKey: ["agent", workspaceId, agentId],
    queryFn: ({ signal }) => api.getAgent({ params: { workspaceId, agentId } }, { signal }),
  });

export const versionsQuery = (workspaceId: string, agentId: string) =>
  listOptions(["agent", workspaceId, agentId, "versions"], (cursor, signal) =>
    api.listAgentVersions(
      {
        params: { workspaceId, agentId },
        query: { limit: 20, ...(cursor === undefined ? {} : { cursor }) },
      },
      { signal },
    ),
  );

export type ParsedAnswer = Awaited<ReturnType<typeof api.parseInstructions>>;

export const parseQuery = (workspaceId: string, instructions: string) =>
  queryOptions({
    queryKey: ["parse", workspaceId, instructions],
    queryFn: ({ signal }) =>
      api.parseInstructions({ params: { workspaceId }, body: { instructions } }, { signal }),
    enabled: instructions.trim() !== "",
    retry: false,
    staleTime: Infinity,
    gcTime: 60_000,
  });
