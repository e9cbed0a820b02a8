import { sql, type Kysely } from "kysely";

import type { Dialect } from "../dialect.ts";

/** Executions that are numbered among their like: 1, 2, 3 … A number stays given when its execution is pruned. */
export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  const clustered = dialect === "sqlite" ? "without rowid" : "";
  await sql
    .raw(
      `create table counted (series text not null, n integer not null, no bigint not null,
         primary key (series, n)) ${clustered}`,
    )
    .execute(db);
  await sql.raw(`create unique index counted_no on counted (no)`).execute(db);
}
