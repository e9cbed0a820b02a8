import type { agentRoutes } from "#contract/routes/agents.ts";
import type { AgentVersion as ShownVersion } from "#contract/shapes/agents.ts";
import type { SavedVersion } from "#workspace/agent-reading.ts";
import type { AgentVersion } from "#workspace/agent.ts";
import { compareVersions, summarize } from "#workspace/version-diff.ts";

import type { HandlersOf } from "../handler.ts";
import type { Services } from "../services.ts";
import { showTime } from "../times.ts";
import { showOne } from "./agents.ts";

type Versions =
  | "listAgentVersions"
  | "getAgentVersion"
  | "diffAgentVersions"
  | "restoreAgentVersion";

export function versionHandlers(
  services: Services,
): HandlersOf<Pick<typeof agentRoutes, Versions>> {
  const { agents, runs } = services;
  return {
    listAgentVersions: async ({ entered, params, query }) => {
      const page = await agents.versions(entered.workspace.no, params.agentId, query);
      return { items: page.items.map(showVersion), nextCursor: page.nextCursor };
    },
    getAgentVersion: async ({ entered, params }) => {
      const agent = await agents.get(entered.workspace.no, params.agentId);
      const version = await agents.getVersion(agent, params.version);
      return showVersion({ version, before: await agents.version(agent.no, params.version - 1) });
    },
    diffAgentVersions: async ({ entered, params, query }) => {
      const agent = await agents.get(entered.workspace.no, params.agentId);
      const to = await agents.getVersion(agent, params.version);
      const from = await agents.getVersion(agent, query.against ?? Math.max(1, to.version - 1));
      return { from: showSaved(from), to: showSaved(to), ...compareVersions(from, to) };
    },
    restoreAgentVersion: async ({ entered, params, body }) => {
      const saving = body ?? {};
      const { agentId, version } = params;
      const agent = await agents.restore(entered, agentId, version, saving);
      if (saving.waiting !== undefined) runs.listen();
      return showOne(services, agent);
    },
  };
}

function showSaved({
  version,
  savedBy,
  savedAt,
  restoredFrom,
}: AgentVersion): Pick<ShownVersion, "version" | "savedBy" | "savedAt" | "restoredFrom"> {
  return { version, savedBy, savedAt: showTime(savedAt), restoredFrom };
}

function showVersion({ version, before }: SavedVersion): ShownVersion {
  const { no: _no, savedAt, ...told } = version;
  return { ...told, savedAt: showTime(savedAt), changed: summarize(before, version) };
}
