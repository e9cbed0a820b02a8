import { sql, type Kysely } from "kysely";

/** How far a stream has come is what its facts say: a step need not write it down a second time. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql.raw(`alter table live drop column version`).execute(db);
}
