import type { workspaceRoutes } from "#contract/routes/workspaces.ts";
import type { Fallback } from "#contract/shapes/workspaces.ts";
import { customFields } from "#crm/custom-fields.ts";
import { findField } from "#crm/field-names.ts";
import { nameOf } from "#crm/field-values.ts";
import type { CustomField } from "#crm/fields.ts";
import type { Entity } from "#domain/catalogue.ts";
import { Fault } from "#domain/fault.ts";
import { nearest } from "#domain/nearest.ts";
import { qualifiedNames } from "#drivers/automation/checks/field-names.ts";

import type { HandlersOf } from "../handler.ts";
import type { Services } from "../services.ts";

export function fallbackHandlers({
  fallbacks,
  store,
}: Services): HandlersOf<Pick<typeof workspaceRoutes, "getFallbacks" | "setFallbacks">> {
  return {
    getFallbacks: async ({ entered }) => ({
      items: [...(await fallbacks.list(entered.workspace.no))],
    }),
    setFallbacks: async ({ entered, body }) => {
      const defined = await customFields(store).all(entered.workspace.no);
      const items = body.items.map((one) => ({ ...one, field: properName(one, defined) }));
      return { items: [...(await fallbacks.replace(entered, items))] };
    },
  };
}

/** The field as it is called, however it was written. @throws Fault `invalid` for one that nobody knows */
function properName({ field }: Fallback, defined: readonly CustomField[]): string {
  const name = field.replace(/^@/, "");
  const entity = name.slice(0, name.indexOf(".")).toLowerCase() as Entity;
  const found = findField(entity, name, defined);
  if (found !== undefined) return `${found.entity}.${nameOf(found)}`;
  const near = nearest(name, qualifiedNames(defined));
  const advice = "Name a field such as contact.firstName, or define the custom field first";
  throw new Fault("invalid", `Field '${name}' not found`, {
    suggestion: near === undefined ? advice : `Did you mean '${near}'? ${advice}`,
  });
}
