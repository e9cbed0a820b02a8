/** The workspace's fallbacks, by whatever name a text calls a field. */
import type { Entity } from "#domain/catalogue.ts";

import { builtInField } from "./field-names.ts";
import { ENTITIES, keyOfName } from "./fields.ts";

/** `contact.first_name`, `contact.givenName` and `contact.firstName` are one field; so are `contact.custom.x` and `contact.x`. */
function keyOfField(name: string): string {
  const [root = "", ...rest] = name.split(".");
  const entity = ENTITIES.find((one) => one === keyOfName(root));
  const own = rest[0] === "custom" && rest.length > 1 ? rest.slice(1) : rest;
  const [first = ""] = own;
  const isBuiltIn = own.length === 1 && own === rest;
  return [root, ...(isBuiltIn ? [nameIn(entity, first)] : own)].map(keyOfName).join(".");
}

function nameIn(entity: Entity | undefined, name: string): string {
  return (entity === undefined ? undefined : builtInField(entity, name)?.name) ?? name;
}

interface Fallback {
  readonly field: string;
  readonly text: string;
}

export function fallbacksBy(fallbacks: readonly Fallback[]): (name: string) => string | undefined {
  const texts = new Map(fallbacks.map(({ field, text }) => [keyOfField(field), text]));
  return (name) => texts.get(keyOfField(name.includes(".") ? name : `${name}.name`));
}
