import { sql, type Kysely } from "kysely";

/**
 * Executions under others are found by their parent, and an open one can be paused. The indexes hold
 * only what has a parent, or was told to stop: all others cost nothing more to write.
 */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `alter table live add column paused_by text`,
  `create index live_parent on live (parent_no, no) where parent_no is not null`,
  `create index executions_parent on executions (parent_no, no) where parent_no is not null`,
  `create index inbox_urgent on inbox (no) where kind in ('cancel', 'pause')`,
];
