/**
 * What contacts, companies and deals have in common: reading by id, and writes that are built from
 * values as they came from outside. A builder reads what it must know and answers writes; nothing
 * has happened until `store.write` or the append of a step executes them. Each update names the row
 * version that it has read, so two changes that did not know of each other never both stand: the
 * second is `stale` and decides again.
 */
import { type Insertable, type Kysely, sql, type Updateable } from "kysely";

import type { Entity } from "#domain/catalogue.ts";
import { Fault } from "#domain/fault.ts";
import { companyIds, contactIds, dealIds } from "#domain/id.ts";
import { compiled, type Store, type Write } from "#store/store.ts";
import type { Tables } from "#store/tables.ts";
import type { ContactTable } from "#store/tables/crm.ts";

import { logActivities, type ActivityKind } from "./activities.ts";
import type { Change, Created } from "./change.ts";
import { customFields } from "./custom-fields.ts";
import { describeChanges, type FieldChange, fieldChanges } from "./field-changes.ts";
import { FIELDS } from "./fields.ts";
import {
  deriveColumns,
  mergeCustom,
  type Prepared,
  prepareValues,
  refuseProblems,
  type Values,
} from "./prepare.ts";
import { unlink } from "./removal.ts";
import { type EntityRow, labelOf, type RowOf } from "./rows.ts";
import { tags } from "./tags.ts";

export interface EntityInput {
  readonly values: Values;
  /** All of its tags: others are taken away. Left out: they stay as they are. */
  readonly tags?: readonly string[] | undefined;
}

export interface Updated {
  readonly writes: readonly Write[];
  /** What the writes will change; none where everything was so already. */
  readonly changes: readonly FieldChange[];
}

export interface Entities<E extends Entity> {
  readonly find: (ws: number, id: string) => Promise<RowOf[E] | undefined>;
  /** @throws Fault `not_found`, also for what is another workspace's. */
  readonly get: (ws: number, id: string) => Promise<RowOf[E]>;
  /** Those that are there, in no order. */
  readonly findAll: (ws: number, ids: readonly string[]) => Promise<readonly RowOf[E][]>;
  readonly create: (change: Change, input: EntityInput, zone?: string) => Promise<Created>;
  /** @throws Fault `invalid` for a value that does not fit, `not_found` for a company or contact that is not there. */
  readonly update: (
    change: Change,
    row: RowOf[E],
    input: EntityInput,
    zone?: string,
  ) => Promise<Updated>;
  readonly remove: (change: Change, row: RowOf[E]) => readonly Write[];
}

const IDS = { contact: contactIds, company: companyIds, deal: dealIds } as const;

/** What a new row holds where nothing is said. Deal values are plain numbers beside their currency. */
const BLANK: Readonly<Record<Entity, Readonly<Record<string, string | number>>>> = {
  contact: { replied: 0, opened_email: 0, interested: 0, opted_out: 0 },
  company: {},
  deal: { currency: "USD", stage: "New", open: 1 },
};

export function entities<E extends Entity>(store: Reading, entity: E): Entities<E> {
  const find = (ws: number, id: string): Promise<RowOf[E] | undefined> =>
    findRow(store, entity, ws, id);
  return {
    find,
    findAll: (ws, ids) => findRows(store, entity, ws, ids),
    get: async (ws, id) => {
      const row = await find(ws, id);
      if (row === undefined) throw new Fault("not_found", `There is no ${entity} ${id}`);
      return row;
    },
    create: (change, input, zone = "UTC") => create(store, entity, change, input, zone),
    update: (change, row, input, zone = "UTC") => update(store, entity, change, row, input, zone),
    remove: (change, row) => unlink(store.db, entity, change, row),
  };
}

type Reading = Pick<Store, "db">;

/** The three tables share the columns that are named here. */
function tableOf(entity: Entity): "contact" {
  return entity as "contact";
}

async function findRow<E extends Entity>(
  { db }: Reading,
  entity: E,
  ws: number,
  id: string,
): Promise<RowOf[E] | undefined> {
  const query = db.selectFrom(tableOf(entity)).selectAll().where("ws", "=", ws);
  return (await query.where("id", "=", id).executeTakeFirst()) as RowOf[E] | undefined;
}

async function findRows<E extends Entity>(
  { db }: Reading,
  entity: E,
  ws: number,
  ids: readonly string[],
): Promise<readonly RowOf[E][]> {
  if (ids.length === 0) return [];
  const asked = sql<boolean>`id in (select value from json_each(${JSON.stringify(ids)}))`;
  const query = db.selectFrom(tableOf(entity)).selectAll().where("ws", "=", ws).where(asked);
  return (await query.execute()) as readonly EntityRow[] as readonly RowOf[E][];
}

async function prepare(
  store: Reading,
  entity: Entity,
  change: Change,
  values: Values,
  zone: string,
): Promise<Prepared> {
  const defined = await customFields(store).all(change.ws);
  const prepared = prepareValues(entity, defined, values, { now: change.at, zone });
  refuseProblems(prepared.problems);
  await refuseStrangers(store, change.ws, entity, prepared);
  return prepared;
}

async function create(
  store: Reading,
  entity: Entity,
  change: Change,
  { values, tags: names = [] }: EntityInput,
  zone: string,
): Promise<Created> {
  const row = newRow(entity, change, await prepare(store, entity, change, values, zone));
  const insert = row as unknown as Insertable<ContactTable>;
  const writes = [
    compiled(store.db.insertInto(tableOf(entity)).values(insert)),
    ...logActivities(store.db, change, [createdNote(entity, row, "created")]),
    ...tags(store).add(change, row.id, names),
  ];
  return { id: row.id, writes };
}

async function update(
  store: Reading,
  entity: Entity,
  change: Change,
  row: EntityRow,
  { values, tags: names }: EntityInput,
  zone: string,
): Promise<Updated> {
  const prepared = await prepare(store, entity, change, values, zone);
  const changes = fieldChanges(entity, row, prepared);
  const retagged = names === undefined ? [] : await retag(store, change, row.id, names);
  if (changes.length === 0) return { changes, writes: retagged };
  const writes = [
    guardedUpdate(store.db, entity, change, row, prepared),
    ...logActivities(store.db, change, describeChanges(row.id, changes)),
    ...retagged,
  ];
  return { changes, writes };
}

/** A whole row from prepared values. */
export function newRow(entity: Entity, change: Change, prepared: Prepared): EntityRow {
  const derived = deriveColumns(
    entity,
    { ...BLANK[entity], ...prepared.columns },
    undefined,
    change.at,
  );
  const empty = FIELDS[entity]
    .filter(({ kind, column, isWritable }) => isWritable || (kind !== "tags" && column !== "id"))
    .map(({ column }) => [column, null] as const);
  const row = {
    ...Object.fromEntries(empty),
    ...(entity === "contact" ? { email_key: null } : {}),
    ...Object.fromEntries(Object.entries(derived).map(([name, value]) => [name, plain(value)])),
    ws: change.ws,
    id: IDS[entity].create(),
    version: 1,
    custom: mergeCustom(undefined, prepared.custom),
    created_at: change.at,
    updated_at: change.at,
  };
  const { full_name: _made, ...columns } = row as Record<string, unknown>;
  if (entity !== "contact" && typeof columns["name"] !== "string") {
    throw new Fault("invalid", `A ${entity} has a name`, { scope: "contact", happened: "no" });
  }
  return columns as unknown as EntityRow;
}

export function createdNote(
  entity: Entity,
  row: EntityRow,
  kind: Extract<ActivityKind, "created" | "imported">,
): { entityId: string; kind: ActivityKind; text: string } {
  return { entityId: row.id, kind, text: `${labelOf(entity, row)} ${kind}` };
}

/** Changes the row only as long as it is the one that was read; else the fault is `stale`. */
export function guardedUpdate(
  db: Kysely<Tables>,
  entity: Entity,
  change: Change,
  row: EntityRow,
  prepared: Prepared,
): Write {
  const derived = deriveColumns(entity, prepared.columns, row, change.at);
  const set = {
    ...Object.fromEntries(Object.entries(derived).map(([name, value]) => [name, plain(value)])),
    custom: mergeCustom(row, prepared.custom),
    version: row.version + 1,
    updated_at: Math.max(change.at, row.updated_at),
  };
  const query = db
    .updateTable(tableOf(entity))
    .set(set as Updateable<ContactTable>)
    .where("ws", "=", change.ws)
    .where("id", "=", row.id)
    .where("version", "=", row.version);
  return compiled(query, 1);
}

function plain(value: unknown): unknown {
  return typeof value === "boolean" ? Number(value) : value;
}

/** A link leads to something of the same workspace. */
async function refuseStrangers(
  store: Reading,
  ws: number,
  entity: Entity,
  { columns }: Prepared,
): Promise<void> {
  for (const { refersTo, column } of FIELDS[entity]) {
    const id = columns[column];
    if (refersTo !== undefined && typeof id === "string") {
      await entities(store, refersTo).get(ws, id);
    }
  }
}

async function retag(
  store: Reading,
  change: Change,
  entityId: string,
  names: readonly string[],
): Promise<readonly Write[]> {
  const kept = tags(store);
  const wanted = new Set(names.map((name) => name.trim().toLowerCase()));
  const gone = (await kept.of(change.ws, entityId)).filter(
    (name) => !wanted.has(name.toLowerCase()),
  );
  return [...kept.remove(change, entityId, gone), ...kept.add(change, entityId, names)];
}
