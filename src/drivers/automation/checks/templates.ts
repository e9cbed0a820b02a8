import { NO_TEMPLATE, noSuchTemplate } from "#actions/template.ts";
import type { ParamsOf } from "#domain/plan.ts";

import type { Case, Check, Finding } from "./asked.ts";

/** What a mail is made of: the template that it names, its own words, or the agent's default template. */
export const mailTemplates: Check = (asked) =>
  asked.steps.flatMap(({ path, planStep }) =>
    planStep.type === "send_email" ? missingTemplate(asked, path, planStep.params) : [],
  );

function missingTemplate(
  { known, agent }: Case,
  path: string,
  { template, subject, body }: ParamsOf<"send_email">,
): readonly Finding[] {
  const found = { path, severity: "error", code: "template_not_found" } as const;
  if (template !== undefined) {
    if (known.templateOf(template) !== undefined) return [];
    const names = known.templates.map(({ name }) => name);
    return [{ ...found, ...noSuchTemplate(template), name: template, among: names }];
  }
  if (subject !== undefined || body !== undefined) return [];
  const isThere = known.templates.some(({ id }) => id === agent.defaultTemplateId);
  return isThere ? [] : [{ ...found, ...NO_TEMPLATE }];
}
