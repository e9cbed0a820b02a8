import type { agentRoutes } from "#contract/routes/agents.ts";
import { Fault } from "#domain/fault.ts";

import type { HandlersOf } from "../handler.ts";
import type { Services } from "../services.ts";

export function parseHandlers({
  parse,
}: Services): HandlersOf<Pick<typeof agentRoutes, "parseInstructions">> {
  return {
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
