import { sql, type Kysely } from "kysely";

/**
 * Executions that wait for a place stand in lines: by workspace and agent, those that never began
 * apart from those that go on. A claim takes turns over lines, so it must find the head of each
 * without a look at all that wait. A row is in one of the two at most, and in none while it runs.
 */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create index live_new on live (ws, agent, ready_at)
     where owner is null and ready_at is not null and lane = 0 and epoch = 0`,
  `create index live_begun on live (ws, agent, ready_at)
     where owner is null and ready_at is not null and lane = 0 and epoch > 0`,

  // Circuit breakers that have tripped; one without a row is closed.
  `create table breaker (key text primary key,
     state text not null check (state in ('closed', 'open', 'halfOpen')),
     until bigint, since bigint not null)`,
];
