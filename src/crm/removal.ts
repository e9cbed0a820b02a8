import { type Kysely, sql } from "kysely";

import type { Entity } from "#domain/catalogue.ts";
import { compiled, type Write } from "#store/store.ts";
import type { Tables } from "#store/tables.ts";

import type { Change } from "./change.ts";
import type { EntityRow } from "./rows.ts";

/** Which columns lead to it. What they belong to stays. */
const LINKS: Readonly<Record<Entity, readonly (readonly [table: string, column: string])[]>> = {
  contact: [
    ["company", "contact_id"],
    ["deal", "contact_id"],
    ["crm_task", "contact_id"],
  ],
  company: [
    ["contact", "company_id"],
    ["deal", "company_id"],
    ["crm_task", "company_id"],
  ],
  deal: [["crm_task", "deal_id"]],
};

/** Takes the row away with its tags and its timeline, and whatever leads to it leads nowhere. */
export function unlink(
  db: Kysely<Tables>,
  entity: Entity,
  { ws }: Change,
  { id, version }: EntityRow,
): readonly Write[] {
  const links = LINKS[entity].map(([table, column]) => {
    const [name, link] = [sql.table(table), sql.ref(column)];
    const free = sql`update ${name} set ${link} = null where ws = ${ws} and ${link} = ${id}`;
    return compiled({ compile: () => free.compile(db) });
  });
  const row = db
    .deleteFrom(entity as "contact")
    .where("ws", "=", ws)
    .where("id", "=", id);
  return [
    compiled(row.where("version", "=", version), 1),
    compiled(db.deleteFrom("entity_tag").where("ws", "=", ws).where("entity_id", "=", id)),
    compiled(db.deleteFrom("activity").where("ws", "=", ws).where("entity_id", "=", id)),
    ...links,
  ];
}
