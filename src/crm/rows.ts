import type { Selectable } from "kysely";

import type { Entity } from "#domain/catalogue.ts";
import type { Known } from "#domain/conditions.ts";
import type { CompanyTable, ContactTable, DealTable } from "#store/tables/crm.ts";

import type { Found } from "./field-names.ts";
import { FULL_NAME } from "./fields.ts";

export type ContactRow = Selectable<ContactTable>;
export type CompanyRow = Selectable<CompanyTable>;
export type DealRow = Selectable<DealTable>;

export interface RowOf {
  readonly contact: ContactRow;
  readonly company: CompanyRow;
  readonly deal: DealRow;
}

export type EntityRow = RowOf[Entity];

/** The value of a field that stands in the row itself: all but tags and an owner's name. */
export function readField(row: EntityRow, { kind, field, custom }: Found): Known {
  if (custom !== undefined) return (customOf(row)[custom.name] ?? null) as Known;
  if (field === undefined) return null;
  if (field.column === FULL_NAME) return fullName(row as ContactRow);
  const value = (row as Readonly<Record<string, unknown>>)[field.column] ?? null;
  return kind === "flag" ? value === 1 : (value as Known);
}

/** Nothing inherited: a custom field may be called `constructor`. */
export function customOf(row: EntityRow): Readonly<Record<string, unknown>> {
  return Object.assign(Object.create(null), JSON.parse(row.custom)) as Record<string, unknown>;
}

export function fullName(row: Pick<ContactRow, "first_name" | "last_name">): string {
  return `${row.first_name ?? ""} ${row.last_name ?? ""}`.trim();
}

/** What a person calls it: in activities, warnings and summaries. */
export function labelOf(entity: Entity, row: EntityRow): string {
  if (entity !== "contact") return (row as CompanyRow | DealRow).name;
  const contact = row as ContactRow;
  return fullName(contact) || contact.email || contact.id;
}
