import { sql, type Kysely } from "kysely";

/** What a person said of the errors that are alike. Of those that nobody spoke of there is no row. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql
    .raw(
      `create table error_mark (ws integer not null, error text not null, state text not null,
         by text not null, at bigint not null, primary key (ws, error),
         check (state in ('resolved', 'muted')))`,
    )
    .execute(db);
}
