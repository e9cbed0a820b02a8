import { sql, type Kysely } from "kysely";

import type { Dialect } from "../dialect.ts";

/**
 * What executions spent; and sums by name of what they did and spent, apart from the roll-ups that every
 * execution adds to, since most have nothing to add here. Sketches become one value instead of many rows;
 * nothing was released with rows, so those are not carried over.
 */
export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(inDialect(statement, dialect)).execute(db);
}

function inDialect(statement: string, dialect: Dialect): string {
  const isSqlite = dialect === "sqlite";
  return statement
    .replace("CLUSTERED", isSqlite ? "without rowid" : "")
    .replace("BYTES", isSqlite ? "blob" : "bytea");
}

const STATEMENTS = [
  `alter table executions add column cost bigint`,
  `alter table executions add column cost_unknown integer`,
  `alter table executions add column tokens text`,
  `create table totals (ws integer not null, agent integer not null, kind text not null,
     span text not null, start integer not null, name text not null, n bigint not null,
     primary key (ws, span, start, agent, kind, name)) CLUSTERED`,
  `drop table sketches`,
  `create table sketches (ws integer not null, agent integer not null, kind text not null,
     span text not null, start integer not null, counts BYTES not null,
     primary key (ws, span, start, agent, kind)) CLUSTERED`,
];
