import { sql, type Kysely } from "kysely";

import type { Dialect } from "../dialect.ts";

/**
 * What SQLite is to believe of the history: that each index narrows more than the workspace's alone. Without
 * it the planner takes the workspace's for a list of failed executions and looks at all that ran; and what
 * `analyze` finds would make a list's plan depend on when the store was last closed. PostgreSQL keeps its own.
 */
export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  if (dialect !== "sqlite") return;
  await sql.raw(`analyze sqlite_schema`).execute(db); // makes the table, and looks at nothing
  await sql.raw(`delete from sqlite_stat1`).execute(db);
  for (const [index, rows] of Object.entries(EXECUTIONS)) {
    const insert = `insert into sqlite_stat1 (tbl, idx, stat) values ('executions', '${index}', '${rows}')`;
    await sql.raw(insert).execute(db);
  }
}

/** Rows in all, and how many share the first column, the first two and so on. */
const EXECUTIONS = {
  executions_id: "1000000 1",
  executions_ws: "1000000 100000 1",
  executions_agent: "1000000 100000 10000 1",
  executions_kind: "1000000 100000 50000 1",
  executions_state: "1000000 100000 30000 1",
  executions_parent: "100000 10 1",
};
