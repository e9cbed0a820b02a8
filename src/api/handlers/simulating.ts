import type { agentRoutes } from "#contract/routes/agents.ts";
import { simulateAgentSchema } from "#contract/shapes/simulations.ts";

import type { HandlersOf } from "../handler.ts";
import type { Services } from "../services.ts";

type Simulating = "simulateAgent" | "simulate";

export function simulationHandlers({
  agents,
  simulations,
}: Services): HandlersOf<Pick<typeof agentRoutes, Simulating>> {
  return {
    simulateAgent: async ({ entered, params, body, signal }) => {
      const agent = await agents.get(entered.workspace.no, params.agentId);
      const given = body ?? simulateAgentSchema.parse({});
      return simulations.ofAgent(entered, agent, given, signal);
    },
    simulate: ({ entered, body, signal }) => simulations.ofWords(entered, body, signal),
  };
}
