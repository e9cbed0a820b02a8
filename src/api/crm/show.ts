import { companies } from "#crm/companies.ts";
import { contacts } from "#crm/contacts.ts";
import { customFields } from "#crm/custom-fields.ts";
import { deals } from "#crm/deals.ts";
import { type CustomField, type Field, FIELDS } from "#crm/fields.ts";
import { customOf, type EntityRow, labelOf, readField } from "#crm/rows.ts";
import { tags } from "#crm/tags.ts";
/** Rows of the CRM as the contract shows them: the table of fields says what each is called and how it is kept. */
import type { Entity } from "#domain/catalogue.ts";
import type { Store } from "#store/store.ts";

import { showTime } from "../times.ts";

type Shown = Readonly<Record<string, unknown>>;

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What of other tables a page of rows shows, read once for all of them. */
interface Around {
  readonly tags: ReadonlyMap<string, readonly string[]>;
  readonly names: ReadonlyMap<string, Named>;
  readonly custom: readonly CustomField[];
}

export async function showEntities(
  store: Store,
  ws: number,
  entity: Entity,
  rows: readonly EntityRow[],
): Promise<readonly Shown[]> {
  const around: Around = {
    tags: await tags(store).ofAll(
      ws,
      rows.map(({ id }) => id),
    ),
    names: await namesOf(store, ws, rows.flatMap(linksOf)),
    custom: (await customFields(store).all(ws)).filter((field) => field.entity === entity),
  };
  return rows.map((row) => showEntity(entity, row, around));
}

function linksOf(row: EntityRow): readonly string[] {
  const { company_id, contact_id } = row as {
    company_id?: string | null;
    contact_id?: string | null;
  };
  return [company_id, contact_id].filter((id) => id !== undefined && id !== null);
}

/** Contacts, companies and deals by what they are called. */
export async function namesOf(
  store: Store,
  ws: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Named>> {
  const found = new Map<string, Named>();
  const known = [...new Set(ids)];
  for (const row of await contacts(store).findAll(ws, known)) {
    found.set(row.id, { id: row.id, name: labelOf("contact", row) });
  }
  for (const row of await companies(store).findAll(ws, known)) {
    found.set(row.id, { id: row.id, name: row.name });
  }
  for (const row of await deals(store).findAll(ws, known)) {
    found.set(row.id, { id: row.id, name: row.name });
  }
  return found;
}

function showEntity(entity: Entity, row: EntityRow, around: Around): Shown {
  const fields = FIELDS[entity].filter(
    ({ kind, refersTo }) => kind !== "tags" && kind !== "owner" && refersTo === undefined,
  );
  const links = FIELDS[entity].flatMap((field) =>
    field.refersTo === undefined ? [] : [link(row, field, around)],
  );
  return {
    ...Object.fromEntries(fields.map((field) => [field.name, showField(row, field)])),
    ...Object.fromEntries(links),
    tags: around.tags.get(row.id) ?? [],
    customFields: showCustom(row, around.custom),
    version: row.version,
  };
}

/** `companyId` in the row is `company: { id, name }` outside. */
function link(
  row: EntityRow,
  { column, refersTo = "contact" }: Field,
  { names }: Around,
): [string, Named | null] {
  const id = (row as unknown as Readonly<Record<string, unknown>>)[column];
  return [refersTo, typeof id === "string" ? (names.get(id) ?? null) : null];
}

function showField(row: EntityRow, field: Field): unknown {
  const value = readField(row, { kind: field.kind, field } as Parameters<typeof readField>[1]);
  return field.kind === "time" && typeof value === "number" ? showTime(value) : value;
}

function showCustom(row: EntityRow, defined: readonly CustomField[]): Shown {
  const values = customOf(row);
  return Object.fromEntries(
    defined.flatMap(({ name }) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
}
