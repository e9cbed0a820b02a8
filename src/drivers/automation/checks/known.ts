import { customFields } from "#crm/custom-fields.ts";
import { tags } from "#crm/tags.ts";
import { templatesByName } from "#workspace/templates.ts";

import type { Asked, Known } from "./asked.ts";
import type { CheckNeeds } from "./problems.ts";

const MOST_TEMPLATES = 1000;

/** What the checks need to know of the workspace, read once. */
export async function knownOf(
  { ws, zone, agent: { createdBy } }: Asked,
  { templates, userRoles, members, store, clock }: CheckNeeds,
): Promise<Known> {
  const [{ items }, defined, tagNames, roles, people, personNamed] = await Promise.all([
    templates.list(ws, { limit: MOST_TEMPLATES }),
    customFields(store).all(ws),
    tags(store).names(ws),
    userRoles.list(ws),
    members.list(ws),
    userRoles.named(ws, createdBy),
  ]);
  return {
    templates: items,
    templateOf: templatesByName(items),
    customFields: defined,
    tags: tagNames,
    people: ["creator", ...roles.map(({ name }) => name), ...people.map(({ name }) => name)],
    isPerson: (name) => personNamed(name) !== undefined,
    moment: { now: clock.now(), zone },
  };
}
