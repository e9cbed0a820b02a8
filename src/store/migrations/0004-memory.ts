import { sql, type Kysely } from "kysely";

/** Adding an entity to a list twice leaves one row, so remembering is idempotent. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql
    .raw(
      `create table memory (ws integer not null, agent integer not null, scope text not null,
         key text not null, item text not null, value text,
         primary key (ws, agent, scope, key, item))`,
    )
    .execute(db);
}
