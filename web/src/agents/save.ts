import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";

import type { Agent, agentChangeSchema } from "#contract/shapes/agents.ts";

import { api } from "../api/api.ts";
import { useWorkspaceId } from "../session/workspace.tsx";
import type { WaitingChoice } from "./waiting-words.ts";

export type AgentChange = z.input<typeof agentChangeSchema>;

/** Saves a change as the agent's next version, and shows it wherever the agent is shown. */
export function useSaveAgent({ id: agentId }: Pick<Agent, "id">): {
  mutationFn: (change: AgentChange) => Promise<Agent>;
} {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  return {
    mutationFn: async (change) =>
      show(
        client,
        workspaceId,
        await api.updateAgent({ params: { workspaceId, agentId }, body: change }),
      ),
  };
}

/** Saves an earlier version again as the next one. */
export function useRestoreAgent(
  { id: agentId, version: edited }: Pick<Agent, "id" | "version">,
  version: number,
): { mutationFn: (waiting: WaitingChoice | undefined) => Promise<Agent> } {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  return {
    mutationFn: async (waiting) => {
      const params = { workspaceId, agentId, version: String(version) };
      const body = { version: edited, ...(waiting === undefined ? {} : { waiting }) };
      return show(client, workspaceId, await api.restoreAgentVersion({ params, body }));
    },
  };
}

function show(client: QueryClient, workspaceId: string, agent: Agent): Agent {
  client.setQueryData(["agent", workspaceId, agent.id], agent);
  void client.invalidateQueries({ queryKey: ["agents", workspaceId] });
  void client.invalidateQueries({ queryKey: ["agent", workspaceId, agent.id, "versions"] });
  return agent;
}
