import type { agentRoutes } from "#contract/routes/agents.ts";
import type { Agent } from "#workspace/agent.ts";

import type { HandlersOf } from "../handler.ts";
import { problemsOfWords } from "../plan-problems.ts";
import { unparseable } from "../refused-words.ts";
import type { Services } from "../services.ts";

export function parseHandlers(
  services: Services,
): HandlersOf<Pick<typeof agentRoutes, "parseInstructions">> {
  return {
    parseInstructions: async ({ entered, body }) => {
      const { instructions, agentId, ...given } = body;
      const parsed = await services.parse(instructions);
      if ("error" in parsed) throw unparseable(parsed.error);
      const { plan } = parsed;
      const ws = entered.workspace.no;
      const saved = agentId === undefined ? {} : settingsOf(await services.agents.get(ws, agentId));
      const settings = { ...saved, ...named(given) };
      const words = { plan, instructions };
      return { plan, problems: [...(await problemsOfWords(services, entered, words, settings))] };
    },
  };
}

function settingsOf({
  createdBy,
  triggers,
  memory,
  reenrolment,
  defaultTemplateId,
}: Agent): Pick<Agent, "createdBy" | "triggers" | "memory" | "reenrolment" | "defaultTemplateId"> {
  return { createdBy, triggers, memory, reenrolment, defaultTemplateId };
}

type Named<Fields> = { [Field in keyof Fields]?: Exclude<Fields[Field], undefined> };

function named<Fields extends object>(fields: Fields): Named<Fields> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Named<Fields>;
}
