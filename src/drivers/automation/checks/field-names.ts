import { ENTITIES, type CustomField, FIELDS } from "#crm/fields.ts";
import type { Entity } from "#domain/catalogue.ts";

/** How fields of an entity are called, its own and those that the workspace has defined. */
export function fieldNames(
  entity: Entity,
  customFields: readonly CustomField[],
  which: "all" | "writable" | "custom" = "all",
): readonly string[] {
  const own = FIELDS[entity]
    .filter(({ isWritable }) => which === "all" || (which === "writable" && isWritable))
    .map(({ name }) => name);
  const defined = customFields.filter((one) => one.entity === entity).map(({ name }) => name);
  return [...own, ...defined];
}

/** With their entity before them: `contact.title`, `deal.custom.Lead Score` only by its plain name. */
export function qualifiedNames(customFields: readonly CustomField[]): readonly string[] {
  return ENTITIES.flatMap((entity) =>
    fieldNames(entity, customFields)
      .filter((name) => /^[\p{L}\p{N}_]+$/u.test(name))
      .map((name) => `${entity}.${name}`),
  );
}
