import { sql, type Kysely } from "kysely";

/** Since when a lane is blocked; and those few found by themselves, an index that is empty as long as none is. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql.raw(`alter table live add column blocked_at bigint`).execute(db);
  await sql.raw(`create index live_blocked on live (no) where blocked is not null`).execute(db);
}
