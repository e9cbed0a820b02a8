import { sql, type Kysely } from "kysely";

/** What stands in a text for a field of somebody who has none. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql
    .raw(
      `create table fallback (ws integer not null, field text not null, value text not null,
         primary key (ws, field))`,
    )
    .execute(db);
}
