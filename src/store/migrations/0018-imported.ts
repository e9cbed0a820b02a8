import { sql, type Kysely } from "kysely";

/** What was taken into the history of what ran elsewhere, by a key of its name: also when it has been let go of. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql
    .raw(
      `create table imported (ws integer not null, name text not null, at bigint not null, primary key (ws, name))`,
    )
    .execute(db);
}
