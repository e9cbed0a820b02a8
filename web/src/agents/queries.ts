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

export const versionQuery = (workspaceId: string, agentId: string, version: number) =>
  queryOptions({
    queryKey: ["agent", workspaceId, agentId, "version", version],
    queryFn: ({ signal }) =>
      api.getAgentVersion(
        { params: { workspaceId, agentId, version: String(version) } },
        { signal },
      ),
    staleTime: Infinity,
  });

export const diffQuery = (
  workspaceId: string,
  agentId: string,
  { from, to }: { readonly from: number; readonly to: number },
) =>
  queryOptions({
    queryKey: ["agent", workspaceId, agentId, "diff", from, to],
    queryFn: ({ signal }) =>
      api.diffAgentVersions(
        { params: { workspaceId, agentId, version: String(to) }, query: { against: from } },
        { signal },
      ),
    staleTime: Infinity,
  });

type ParseBody = Parameters<typeof api.parseInstructions>[0]["body"];
/** What the words are to be understood with. */
export type ParseSettings = Omit<ParseBody, "instructions">;

export const parseQuery = (workspaceId: string, body: ParseBody) =>
  queryOptions({
    queryKey: ["parse", workspaceId, body],
    queryFn: ({ signal }) => api.parseInstructions({ params: { workspaceId }, body }, { signal }),
    enabled: body.instructions.trim() !== "",
    retry: false,
    // What it says of the workspace (a template that is missing) may be mended in another tab; what the model read was
    // asked for, and stays.
    staleTime: ({ state: { data } }) => (data?.reading.parser === "model" ? Infinity : 10_000),
    gcTime: 60_000,
    refetchOnWindowFocus: true,
  });
