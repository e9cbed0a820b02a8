import type { agentRoutes } from "#contract/routes/agents.ts";
import { Fault } from "#domain/fault.ts";

import type { HandlersOf } from "../handler.ts";

type Simulating = "simulateAgent" | "simulate";

export function simulationHandlers(): HandlersOf<Pick<typeof agentRoutes, Simulating>> {
  const notYet = async (): Promise<never> => {
    throw new Fault("action_not_built", "Simulate is not built yet.");
  };
  return { simulateAgent: notYet, simulate: notYet };
}
