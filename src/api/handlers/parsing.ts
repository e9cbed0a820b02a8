import { mayDo } from "#contract/rights.ts";
import type { agentRoutes } from "#contract/routes/agents.ts";
import { Fault } from "#domain/fault.ts";
import type { Agent } from "#workspace/agent.ts";
import type { Entered } from "#workspace/workspaces.ts";

import type { HandlersOf } from "../handler.ts";
import { problemsOfWords } from "../plan-problems.ts";
import { unparseable } from "../refused-words.ts";
import type { Services } from "../services.ts";

export function parseHandlers(
  services: Services,
): HandlersOf<Pick<typeof agentRoutes, "parseInstructions">> {
  return {
    parseInstructions: async ({ entered, body }) => {
      const { instructions, agentId, parser, ...given } = body;
      const ws = entered.workspace.no;
      if (parser === "model") demandWriter(entered);
      const { reading, ...parsed } = await services.reader.read(instructions, ws, parser);
      if ("error" in parsed) throw unparseable(parsed.error, reading);
      const { plan } = parsed;
      const saved = agentId === undefined ? {} : settingsOf(await services.agents.get(ws, agentId));
      const settings = { ...saved, ...named(given) };
      const words = { plan, instructions };
      const problems = await problemsOfWords(services, entered, words, settings);
      return { plan, problems: [...problems], reading };
    },
  };
}

/** A model costs money: it is asked by those who may save what it reads. @throws Fault `forbidden` */
function demandWriter({ role }: Entered): void {
  if (mayDo(role, "agents:write")) return;
  throw new Fault("forbidden", "Only those who may save agents may ask the language model", {
    suggestion: "Leave the parser out: the built-in one reads for everybody",
  });
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
