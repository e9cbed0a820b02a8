import { sql, type Kysely } from "kysely";

import type { Dialect } from "../dialect.ts";

/** The language model of a workspace, what it used day by day, and how each version's words were read. */
export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  const clustered = dialect === "sqlite" ? "without rowid" : "";
  for (const statement of STATEMENTS)
    await sql.raw(statement.replace("CLUSTERED", clustered)).execute(db);
}

const STATEMENTS = [
  `create table model_settings (ws integer primary key, provider text not null, model text not null,
     key_sealed text, key_hint text, key_set_at bigint, timeout_ms integer not null,
     thinking_budget integer, prices text,
     check ((key_sealed is null) = (key_hint is null)))`,
  `create table model_usage (ws integer not null, day bigint not null, model text not null,
     readings integer not null, troubled integer not null, cost bigint not null,
     cost_unknown integer not null, input bigint not null, cache_read bigint not null,
     cache_write bigint not null, output bigint not null, primary key (ws, day, model)) CLUSTERED`,
  `alter table agent_version add column reading text`,
];
