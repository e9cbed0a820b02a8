import type { Entity } from "#domain/catalogue.ts";

import {
  type CustomField,
  ENTITIES,
  type Field,
  FIELDS,
  type FieldKind,
  KIND_OF_CUSTOM,
  keyOfName,
  SHORTCUTS,
} from "./fields.ts";

/** A field that a name led to: whose it is, how it is kept, and where. */
export interface Found {
  readonly entity: Entity;
  readonly kind: FieldKind;
  /** One of the two: a field of the table, or one that the workspace has defined. */
  readonly field?: Field;
  readonly custom?: CustomField;
}

const BUILT_IN = new Map(ENTITIES.map((entity) => [entity, keyed(FIELDS[entity])]));

function keyed(fields: readonly Field[]): ReadonlyMap<string, Field> {
  const aliases = fields.flatMap((one) => one.aliases.map((alias) => [alias, one] as const));
  const names = fields.map((one) => [one.name, one] as const);
  return new Map([...aliases, ...names].map(([name, one]) => [keyOfName(name), one]));
}

/** The field of the entity's own table that goes by this name or alias. */
export function builtInField(entity: Entity, name: string): Field | undefined {
  return BUILT_IN.get(entity)?.get(keyOfName(name));
}

/**
 * What a name means for an entity: its own field (`title`, `contact.title`, `job title`), one of its
 * company, contact or deal (`company.industry`), or a custom field (`custom.leadScore`, `leadScore`).
 */
export function findField(
  entity: Entity,
  name: string,
  customFields: readonly CustomField[],
): Found | undefined {
  return follow(entity, name.split("."), customFields, true);
}

function follow(
  entity: Entity,
  path: readonly string[],
  customFields: readonly CustomField[],
  mayLeave: boolean,
): Found | undefined {
  const [first = "", ...rest] = path;
  const key = keyOfName(first);
  if (rest.length === 0) return ownField(entity, first, customFields, mayLeave);
  if (key === entity) return follow(entity, rest, customFields, mayLeave);
  if (key === "custom") return customField(entity, rest.join("."), customFields);
  const other = ENTITIES.find((one) => one === key);
  return other !== undefined && mayLeave ? follow(other, rest, customFields, false) : undefined;
}

function ownField(
  entity: Entity,
  name: string,
  customFields: readonly CustomField[],
  mayLeave: boolean,
): Found | undefined {
  const field = builtInField(entity, name);
  if (field !== undefined) return { entity, kind: field.kind, field };
  const custom = customField(entity, name, customFields);
  if (custom !== undefined) return custom;
  const shortcut = SHORTCUTS[entity].get(keyOfName(name));
  return shortcut === undefined
    ? undefined
    : follow(entity, shortcut.split("."), customFields, mayLeave);
}

function customField(
  entity: Entity,
  name: string,
  customFields: readonly CustomField[],
): Found | undefined {
  const key = keyOfName(name);
  const custom = customFields.find((one) => one.entity === entity && one.key === key);
  return custom && { entity, kind: KIND_OF_CUSTOM[custom.type], custom };
}
