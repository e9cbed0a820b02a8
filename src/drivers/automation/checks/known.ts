import { customFields } from "#crm/custom-fields.ts";
import { tags } from "#crm/tags.ts";
import { walkPlan } from "#domain/plan.ts";
import type { Template } from "#workspace/templates.ts";

import type { Asked, Known } from "./asked.ts";
import type { CheckNeeds } from "./problems.ts";

const MOST_TEMPLATES = 1000;

/** What the checks need to know of the workspace, read once. */
export async function knownOf(
  { ws, zone, plan, agent: { createdBy } }: Asked,
  { templates, userRoles, members, store, clock }: CheckNeeds,
): Promise<Known> {
  const [{ items }, named, defined, counts, roles, people, personNamed] = await Promise.all([
    templates.list(ws, { limit: MOST_TEMPLATES }),
    templatesNamed(ws, plan, templates),
    customFields(store).all(ws),
    tags(store).counts(ws),
    userRoles.list(ws),
    members.list(ws),
    userRoles.named(ws, createdBy),
  ]);
  return {
    templates: items,
    templateOf: (name) => named.get(name),
    customFields: defined,
    tags: counts.map(({ name }) => name),
    people: ["creator", ...roles.map(({ name }) => name), ...people.map(({ name }) => name)],
    isPerson: (name) => personNamed(name) !== undefined,
    moment: { now: clock.now(), zone },
  };
}

async function templatesNamed(
  ws: number,
  plan: Asked["plan"],
  templates: CheckNeeds["templates"],
): Promise<ReadonlyMap<string, Template | undefined>> {
  const names = [...walkPlan(plan)].flatMap(({ planStep }) =>
    planStep.type === "send_email" && planStep.params.template !== undefined
      ? [planStep.params.template]
      : [],
  );
  const found = names.map(async (name) => [name, await templates.named(ws, name)] as const);
  return new Map(await Promise.all(found));
}
