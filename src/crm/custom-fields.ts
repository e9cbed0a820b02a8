import type { Selectable } from "kysely";
import { sql } from "kysely";

import type { Entity } from "#domain/catalogue.ts";
import { Fault } from "#domain/fault.ts";
import { customFieldIds } from "#domain/id.ts";
import { compiled, type Store, type Write } from "#store/store.ts";
import type { CustomFieldTable } from "#store/tables/crm.ts";

import type { Change, Created } from "./change.ts";
import { findField } from "./field-names.ts";
import { type CustomField, type CustomType, keyOfName } from "./fields.ts";

export interface NewCustomField {
  readonly entity: Entity;
  readonly name: string;
  readonly type: CustomType;
  /** With `select`: the values to choose from. */
  readonly options?: readonly string[] | undefined;
}

export interface CustomFields {
  /** All that the workspace has defined, in the order in which it did. */
  readonly all: (ws: number) => Promise<readonly CustomField[]>;
  /** @throws Fault `not_found`. */
  readonly get: (ws: number, id: string) => Promise<CustomField>;
  /** @throws Fault `conflict` where the name means something already, `invalid` where it cannot be one. */
  readonly define: (change: Change, field: NewCustomField) => Promise<Created>;
  readonly changeOptions: (
    field: CustomField,
    options: readonly string[],
    change: Change,
  ) => readonly Write[];
  /** With its values: they are gone from every row. */
  readonly remove: (field: CustomField, change: Change) => readonly Write[];
}

/** A name stands inside a JSON path, so it is plain words. */
const NAME = /^\p{L}[\p{L}\p{N} _-]{0,59}$/u;

export function customFields({ db }: Pick<Store, "db">): CustomFields {
  async function all(ws: number): Promise<readonly CustomField[]> {
    const query = db.selectFrom("custom_field").selectAll().where("ws", "=", ws);
    return (await query.orderBy("id").execute()).map(readRow);
  }

  return {
    all,
    get: async (ws, id) => {
      const found = (await all(ws)).find((field) => field.id === id);
      if (found === undefined) throw new Fault("not_found", `There is no custom field ${id}`);
      return found;
    },
    define: async (change, field) => {
      refuseName(field, await all(change.ws));
      refuseOptions(field);
      const row = newRow(change, field);
      return { id: row.id, writes: [compiled(db.insertInto("custom_field").values(row))] };
    },
    changeOptions: (field, options, change) => {
      refuseOptions({ ...field, options });
      const set = { options: JSON.stringify(options) };
      const query = db.updateTable("custom_field").set(set).where("ws", "=", change.ws);
      return [compiled(query.where("id", "=", field.id), 1)];
    },
    remove: (field, change) => {
      const path = `$."${field.name}"`;
      const table = sql.table(field.entity);
      const values = sql`update ${table} set custom = json_remove(custom, ${path}),
        version = version + 1 where ws = ${change.ws} and json_type(custom, ${path}) is not null`;
      const query = db.deleteFrom("custom_field").where("ws", "=", change.ws);
      return [
        compiled(query.where("id", "=", field.id), 1),
        compiled({ compile: () => values.compile(db) }),
      ];
    },
  };
}

function readRow(row: Selectable<CustomFieldTable>): CustomField {
  return {
    id: row.id,
    entity: row.entity as Entity,
    name: row.name,
    key: row.key,
    type: row.type as CustomType,
    options: JSON.parse(row.options) as readonly string[],
    createdAt: row.created_at,
  };
}

function newRow(change: Change, field: NewCustomField): Selectable<CustomFieldTable> {
  const name = field.name.trim();
  return {
    ws: change.ws,
    id: customFieldIds.create(),
    entity: field.entity,
    name,
    key: keyOfName(name),
    type: field.type,
    options: JSON.stringify(field.options ?? []),
    created_at: change.at,
  };
}

function refuseName({ entity, name }: NewCustomField, defined: readonly CustomField[]): void {
  if (!NAME.test(name.trim())) {
    throw new Fault("invalid", `"${name}" cannot name a field`, {
      suggestion: "Begin with a letter and use letters, digits, spaces, - and _, such as leadScore",
    });
  }
  const taken = findField(entity, name, defined);
  if (taken === undefined) return;
  const of = taken.custom === undefined ? `Every ${entity} has` : "There is";
  throw new Fault("conflict", `${of} a field ${taken.custom?.name ?? name} already`);
}

function refuseOptions({ type, options = [] }: Pick<NewCustomField, "type" | "options">): void {
  const isSelect = type === "select";
  if (isSelect === options.length > 0) return;
  const message = isSelect
    ? "A select needs values to choose from"
    : `A ${type} takes no values to choose from`;
  throw new Fault("invalid", message);
}
