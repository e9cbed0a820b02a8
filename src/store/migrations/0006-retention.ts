import { sql, type Kysely } from "kysely";

import type { Dialect } from "../dialect.ts";

/**
 * What is left of executions that were pruned: their sums, how far the positions had come, and who was
 * enrolled. `pruning` holds those whose rows are still being deleted. Only `commands` gets an index: a
 * plain start takes no command.
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
  `create table rollup_base (ws integer not null, agent integer not null, kind text not null,
     state text not null, span text not null, start integer not null, n bigint not null,
     duration_ms bigint not null, active_ms bigint not null, steps bigint not null,
     retries bigint not null, warnings bigint not null,
     primary key (ws, span, start, agent, kind, state)) CLUSTERED`,
  `create table sketch_base (ws integer not null, agent integer not null, kind text not null,
     span text not null, start integer not null, counts BYTES not null,
     primary key (ws, span, start, agent, kind)) CLUSTERED`,
  `create table total_base (ws integer not null, agent integer not null, kind text not null,
     span text not null, start integer not null, name text not null, n bigint not null,
     primary key (ws, span, start, agent, kind, name)) CLUSTERED`,
  `create table pruning (no bigint primary key) CLUSTERED`,
  `create table pruned (ws integer primary key, position bigint not null)`,
  `create table enrolled (agent integer not null, entity text not null, ws integer not null,
     primary key (agent, entity)) CLUSTERED`,
  `create index enrolled_entity on enrolled (entity)`,
  `create index commands_no on commands (no)`,

  `create table retention (ws integer not null, kind text not null, days integer,
     archive integer not null, primary key (ws, kind)) CLUSTERED`,
  `create table archives (ws integer not null, file text not null, kind text not null,
     executions integer not null, facts bigint not null, bytes bigint not null, sha256 text not null,
     digest text not null, least text not null, most text not null, first_end bigint not null,
     last_end bigint not null, made_at bigint not null, pruned integer not null,
     primary key (ws, file)) CLUSTERED`,
  `create table subject_keys (ws integer not null, subject text not null, key text not null,
     primary key (ws, subject)) CLUSTERED`,
  `create table erasures (ws integer not null, subject text not null, at bigint not null,
     primary key (ws, subject)) CLUSTERED`,
];
