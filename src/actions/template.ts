import { Fault } from "#domain/fault.ts";
import type { ParamsOf } from "#domain/plan.ts";
import type { Agent } from "#workspace/agent.ts";
import type { Template } from "#workspace/templates.ts";

import type { ActionNeeds } from "./needs.ts";

interface Naming {
  readonly params: ParamsOf<"send_email">;
  readonly scene: { readonly ws: number; readonly agent: Agent };
}

/**
 * The template that a step sends: the one it names, else the agent's own, else none where the text
 * says subject or body itself. @throws Fault in the words of 3.7-7 and 3.7-12
 */
export async function templateFor(
  { params, scene }: Naming,
  { templates }: Pick<ActionNeeds, "templates">,
): Promise<Template | null> {
  const { ws, agent } = scene;
  if (params.template !== undefined) {
    const named = await templates.named(ws, params.template);
    if (named !== undefined) return named;
    throw templateFault(noSuchTemplate(params.template));
  }
  if (params.body !== undefined || params.subject !== undefined) return null;
  if (agent.defaultTemplateId !== null) return await templates.get(ws, agent.defaultTemplateId);
  throw templateFault(NO_TEMPLATE);
}

interface Missing {
  readonly message: string;
  readonly suggestion: string;
}

export const noSuchTemplate = (name: string): Missing => ({
  message: `Email template '${name}' not found`,
  suggestion: "Create template or update agent instructions",
});

export const NO_TEMPLATE: Missing = {
  message: "The instructions name no email template, and the agent has no default one",
  suggestion: "Name a template in the instructions, or choose the agent's default template",
};

const templateFault = ({ message, suggestion }: Missing): Fault =>
  new Fault("template_not_found", message, { happened: "no", suggestion });
