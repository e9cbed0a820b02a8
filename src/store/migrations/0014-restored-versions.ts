import type { Kysely } from "kysely";

/** A version that restored an earlier one names it. */
export async function up(db: Kysely<never>): Promise<void> {
  await db.schema.alterTable("agent_version").addColumn("restored_from", "integer").execute();
}
