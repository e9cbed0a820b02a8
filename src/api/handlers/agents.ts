import type { agentRoutes } from "#contract/routes/agents.ts";
import type { Agent as ShownAgent } from "#contract/shapes/agents.ts";
import type { Agent } from "#workspace/agent.ts";

import type { HandlersOf } from "../handler.ts";
import { demandSound, problemsOfAgent } from "../plan-problems.ts";
import type { Services } from "../services.ts";
import { showTime, showTimeOr } from "../times.ts";

type Kept = "listAgents" | "createAgent" | "getAgent" | "updateAgent" | "deleteAgent";
type Status = "goLive" | "pauseAgent" | "resumeAgent";

export function agentHandlers(
  services: Services,
): HandlersOf<Pick<typeof agentRoutes, Kept | Status>> {
  const { agents, runs } = services;
  return {
    listAgents: async ({ entered, query }) => {
      const ws = entered.workspace.no;
      const { items, nextCursor } = await agents.list(ws, query);
      return { items: await showAgents(services, ws, items), nextCursor };
    },
    createAgent: async ({ entered, body }) =>
      showOne(services, await agents.create(entered, body, demandSound(services, entered))),
    getAgent: async ({ entered, params }) =>
      showOne(services, await agents.get(entered.workspace.no, params.agentId)),
    updateAgent: async ({ entered, params, body }) => {
      const agent = await agents.save(entered, params.agentId, body);
      if (body.waiting !== undefined) runs.listen();
      return showOne(services, agent);
    },
    deleteAgent: async ({ entered, params }) => {
      await runs.cancelAllOf(entered, await agents.remove(entered, params.agentId));
    },
    goLive: async ({ entered, params }) =>
      showOne(
        services,
        await agents.goLive(entered, params.agentId, demandSound(services, entered)),
      ),
    pauseAgent: async ({ entered, params }) => {
      const agent = await agents.pause(entered, params.agentId);
      runs.listen();
      return showOne(services, agent);
    },
    resumeAgent: async ({ entered, params }) => {
      const agent = await agents.resume(entered, params.agentId);
      runs.listen();
      return showOne(services, agent);
    },
  };
}

export async function showOne(services: Services, agent: Agent): Promise<ShownAgent> {
  const [shown = showAgent(agent, null)] = await showAgents(services, agent.ws, [agent]);
  return { ...shown, problems: [...(await problemsOfAgent(services, agent))] };
}

async function showAgents(
  { executions }: Services,
  ws: number,
  agents: readonly Agent[],
): Promise<ShownAgent[]> {
  const last = await executions.lastOf(
    ws,
    agents.map(({ no }) => no),
  );
  return agents.map((agent) => showAgent(agent, last.get(agent.no) ?? null));
}

function showAgent(
  agent: Agent,
  lastExecution: NonNullable<ShownAgent["lastExecution"]> | null,
): ShownAgent {
  const {
    no: _no,
    ws: _ws,
    deletedAt: _deletedAt,
    holdUntil,
    createdAt,
    updatedAt,
    ...told
  } = agent;
  return {
    ...told,
    holdUntil: showTimeOr(holdUntil),
    createdAt: showTime(createdAt),
    updatedAt: showTime(updatedAt),
    lastExecution,
  };
}
