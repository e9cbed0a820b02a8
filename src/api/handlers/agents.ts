import type { agentRoutes } from "#contract/routes/agents.ts";
import type { Agent as ShownAgent, AgentVersion as ShownVersion } from "#contract/shapes/agents.ts";
import { Fault } from "#domain/fault.ts";
import type { Agent, AgentVersion } from "#workspace/agent.ts";

import type { HandlersOf } from "../handler.ts";
import type { Services } from "../services.ts";
import { showTime, showTimeOr } from "../times.ts";

type Kept = "listAgents" | "createAgent" | "getAgent" | "updateAgent" | "deleteAgent";
type Status = "goLive" | "pauseAgent" | "resumeAgent";
type Reading = "listAgentVersions" | "getAgentVersion" | "parseInstructions";

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
    createAgent: async ({ entered, body }) => showAgent(await agents.create(entered, body), null),
    getAgent: async ({ entered, params }) =>
      showOne(services, await agents.get(entered.workspace.no, params.agentId)),
    updateAgent: async ({ entered, params, body }) =>
      showOne(services, await agents.save(entered, params.agentId, body)),
    deleteAgent: async ({ entered, params }) => {
      await runs.cancelAllOf(entered, await agents.remove(entered, params.agentId));
    },
    goLive: async ({ entered, params }) =>
      showOne(services, await agents.goLive(entered, params.agentId)),
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

export function wordHandlers({
  agents,
  parse,
}: Services): HandlersOf<Pick<typeof agentRoutes, Reading>> {
  return {
    listAgentVersions: async ({ entered, params, query }) => {
      const page = await agents.versions(entered.workspace.no, params.agentId, query);
      return { items: page.items.map(showVersion), nextCursor: page.nextCursor };
    },
    getAgentVersion: async ({ entered, params }) => {
      const agent = await agents.get(entered.workspace.no, params.agentId);
      const version = await agents.version(agent.no, params.version);
      if (version !== undefined) return showVersion(version);
      throw new Fault("not_found", `The agent has no version ${params.version}`, {
        suggestion: `Its latest version is ${agent.version}`,
      });
    },
    parseInstructions: async ({ body }) => {
      const parsed = await parse(body.instructions);
      if ("plan" in parsed) return { plan: parsed.plan, problems: [] };
      throw new Fault("unparseable", parsed.error.message, {
        suggestion: parsed.error.details[0]?.suggestion ?? "Say it in other words",
        facts: { error: parsed.error },
      });
    },
  };
}

async function showOne(services: Services, agent: Agent): Promise<ShownAgent> {
  return (await showAgents(services, agent.ws, [agent]))[0] ?? showAgent(agent, null);
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

function showVersion({ no: _no, savedAt, ...told }: AgentVersion): ShownVersion {
  return { ...told, savedAt: showTime(savedAt) };
}
