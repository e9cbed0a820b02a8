import { useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";

import type { Agent, agentChangeSchema } from "#contract/shapes/agents.ts";

import { api } from "../api/api.ts";
import { useWorkspaceId } from "../session/workspace.tsx";

export type AgentChange = z.input<typeof agentChangeSchema>;

/** Saves a change as the agent's next version, and shows it wherever the agent is shown. */
export function useSaveAgent({ id: agentId }: Pick<Agent, "id">): {
  mutationFn: (change: AgentChange) => Promise<Agent>;
} {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  return {
    mutationFn: async (change) => {
      const agent = await api.updateAgent({ params: { workspaceId, agentId }, body: change });
      client.setQueryData(["agent", workspaceId, agentId], agent);
      void client.invalidateQueries({ queryKey: ["agents", workspaceId] });
      void client.invalidateQueries({ queryKey: ["agent", workspaceId, agentId, "versions"] });
      return agent;
    },
  };
}
