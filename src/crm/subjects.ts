import { sql } from "kysely";

import type { Entity } from "#domain/catalogue.ts";
import { Fault } from "#domain/fault.ts";
import type { Store } from "#store/store.ts";

import { customFields } from "./custom-fields.ts";
import { entities } from "./entities.ts";
import { ENTITIES } from "./fields.ts";
import type { Subject } from "./look.ts";
import { RELATED } from "./relations.ts";
import type { EntityRow } from "./rows.ts";
import { tags } from "./tags.ts";

export interface Subjects {
  /** @throws Fault `not_found` where the workspace has no such entity. */
  readonly load: (ws: number, entity: Entity, id: string) => Promise<Subject>;
  /** Those of them that are there, in the order asked for; each kind of row is read once for all. */
  readonly loadAll: (
    ws: number,
    entity: Entity,
    ids: readonly string[],
  ) => Promise<readonly Subject[]>;
}

type Links = Readonly<Record<Entity, string | null>>;

export function subjects(store: Reading): Subjects {
  return {
    loadAll: (ws, entity, ids) => loadAll(store, ws, entity, ids),
    load: async (ws, entity, id) => {
      const [subject] = await loadAll(store, ws, entity, [id]);
      if (subject === undefined) throw new Fault("not_found", `There is no ${entity} ${id}`);
      return subject;
    },
  };
}

type Reading = Pick<Store, "db">;

async function loadAll(
  store: Reading,
  ws: number,
  entity: Entity,
  ids: readonly string[],
): Promise<readonly Subject[]> {
  const links = await linksOf(store, ws, entity, ids);
  const rows = await rowsOf(store, ws, links.values());
  const tagsOf = await tags(store).ofAll(ws, [...rows.keys()]);
  const defined = await customFields(store).all(ws);
  return ids.flatMap((id) => {
    const linked = links.get(id);
    if (linked === undefined) return [];
    return [{ entity, id, rows: gather(linked, rows), tags: tagsOf, customFields: defined }];
  });
}

async function linksOf(
  { db }: Reading,
  ws: number,
  entity: Entity,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Links>> {
  const table = sql.table(entity);
  const idOf = (other: Entity): unknown =>
    other === entity ? sql`${table}.id` : RELATED[entity][other];
  const { rows } = await sql<Links & { readonly id: string }>`
    select ${table}.id as id, ${idOf("contact")} as contact, ${idOf("company")} as company,
      ${idOf("deal")} as deal
    from ${table} where ${table}.ws = ${ws}
      and ${table}.id in (select value from json_each(${JSON.stringify(ids)}))`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

async function rowsOf(
  store: Reading,
  ws: number,
  links: Iterable<Links>,
): Promise<ReadonlyMap<string, EntityRow>> {
  const all = [...links];
  const found = await Promise.all(
    ENTITIES.map((kind) => {
      const ids = new Set(all.map((one) => one[kind]).filter((id) => id !== null));
      return entities(store, kind).findAll(ws, [...ids]);
    }),
  );
  return new Map(found.flat().map((row) => [row.id, row]));
}

function gather(links: Links, rows: ReadonlyMap<string, EntityRow>): Subject["rows"] {
  const found = ENTITIES.map((kind) => [kind, rows.get(links[kind] ?? "")] as const);
  return Object.fromEntries(found.filter(([, row]) => row !== undefined));
}
