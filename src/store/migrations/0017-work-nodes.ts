import { sql, type Kysely } from "kysely";

/** Pieces of work for which Agent CLIs run. `by` is an actor as JSON. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql
    .raw(
      `create table work_node (ws integer not null, id text not null primary key, title text not null,
         status text not null, created_at bigint not null, created_by text not null)`,
    )
    .execute(db);
  await sql.raw(`create index work_node_ws on work_node (ws, id)`).execute(db);
}
