/**
 * Whom an entity leads to: a contact to its company and its open deal last changed, a company to its
 * primary contact (else its first) and its open deal last changed, a deal to its company and its
 * primary contact. Written once as SQL and used by searches and by those who read rows.
 */
import { type RawBuilder, sql } from "kysely";

import type { Entity } from "#domain/catalogue.ts";

type Related = Readonly<Partial<Record<Entity, RawBuilder<string | null>>>>;

const openDealOf = (entity: "contact" | "company"): RawBuilder<string | null> => {
  const theirs =
    entity === "contact" ? sql`d.contact_id = contact.id` : sql`d.company_id = company.id`;
  return sql`(select d.id from deal d where d.ws = ${sql.table(entity)}.ws and ${theirs} and d.open = 1
    order by d.updated_at desc, d.id desc limit 1)`;
};

const firstContact = sql<string | null>`(select min(c.id) from contact c
  where c.ws = company.ws and c.company_id = company.id)`;

/** The id of the related entity, said in terms of the entity's own table. */
export const RELATED: Readonly<Record<Entity, Related>> = {
  contact: { company: sql`contact.company_id`, deal: openDealOf("contact") },
  company: {
    contact: sql`coalesce(company.contact_id, ${firstContact})`,
    deal: openDealOf("company"),
  },
  deal: { company: sql`deal.company_id`, contact: sql`deal.contact_id` },
};

/** Joins of at most one row each, under the related table's own name. */
export function joinRelated(entity: Entity, others: Iterable<Entity>): RawBuilder<unknown> {
  const joins = [...others].map((other) => {
    const id = RELATED[entity][other] ?? sql`null`;
    const table = sql.table(other);
    return sql`left join ${table} on ${table}.ws = ${sql.table(entity)}.ws and ${table}.id = ${id}`;
  });
  return joins.length === 0 ? sql`` : sql.join(joins, sql` `);
}
