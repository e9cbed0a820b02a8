import { sql, type Kysely } from "kysely";

import type { Dialect } from "../dialect.ts";

/**
 * The CRM. Every key begins with the workspace, so no statement can reach another one's rows by id;
 * ids grow, so rows are appended and a page is a range of the table itself.
 */
export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(inDialect(statement, dialect)).execute(db);
}

/** SQLite keeps a table in the order of its key only without rowids; the others have no such choice. */
function inDialect(statement: string, dialect: Dialect): string {
  return statement.replace("CLUSTERED", dialect === "sqlite" ? "without rowid" : "");
}

const STATEMENTS = [
  `create table contact (ws integer not null, id text not null, version integer not null,
     first_name text, last_name text, email text, email_key text, phone text, title text, status text,
     source text, city text, country text, linkedin_url text, company_id text, owner_id text,
     replied integer not null, opened_email integer not null, interested integer not null,
     opted_out integer not null, last_contacted_at bigint, custom text not null,
     created_at bigint not null, updated_at bigint not null, primary key (ws, id)) CLUSTERED`,
  `create unique index contact_email on contact (ws, email_key) where email_key is not null`,
  `create index contact_company on contact (ws, company_id, id) where company_id is not null`,

  `create table company (ws integer not null, id text not null, version integer not null,
     name text not null, name_key text not null, domain text, industry text, employees bigint,
     revenue double precision, status text, phone text, city text, country text, linkedin_url text,
     contact_id text, owner_id text, custom text not null, created_at bigint not null,
     updated_at bigint not null, primary key (ws, id)) CLUSTERED`,
  `create index company_name on company (ws, name_key)`,
  `create index company_domain on company (ws, domain) where domain is not null`,

  `create table deal (ws integer not null, id text not null, version integer not null,
     name text not null, value double precision, currency text not null, stage text,
     previous_stage text, probability double precision, loss_reason text, open integer not null,
     close_date text, closed_at bigint, company_id text, contact_id text, owner_id text,
     custom text not null, created_at bigint not null, updated_at bigint not null,
     primary key (ws, id)) CLUSTERED`,
  `create index deal_contact on deal (ws, contact_id) where contact_id is not null`,
  `create index deal_company on deal (ws, company_id) where company_id is not null`,

  `create table crm_task (ws integer not null, id text not null, version integer not null,
     title text not null, due_at bigint, assigned_to text,
     status text not null check (status in ('open', 'done')), contact_id text, company_id text,
     deal_id text, created_by text not null, execution_id text, done_at bigint,
     created_at bigint not null, updated_at bigint not null, primary key (ws, id),
     check ((status = 'done') = (done_at is not null))) CLUSTERED`,
  `create index crm_task_assignee on crm_task (ws, assigned_to, status, id)`,
  `create index crm_task_contact on crm_task (ws, contact_id, id) where contact_id is not null`,
  `create index crm_task_execution on crm_task (ws, execution_id, id) where execution_id is not null`,

  `create table tag (ws integer not null, key text not null, name text not null,
     created_at bigint not null, primary key (ws, key)) CLUSTERED`,
  `create table entity_tag (ws integer not null, entity_id text not null, tag text not null,
     at bigint not null, primary key (ws, entity_id, tag)) CLUSTERED`,
  `create index entity_tag_tag on entity_tag (ws, tag, entity_id)`,

  `create table custom_field (ws integer not null, id text not null,
     entity text not null check (entity in ('contact', 'company', 'deal')), name text not null,
     key text not null,
     type text not null check (type in ('text', 'number', 'boolean', 'date', 'select')),
     options text not null, created_at bigint not null, primary key (ws, id)) CLUSTERED`,
  `create unique index custom_field_key on custom_field (ws, entity, key)`,

  `create table activity (ws integer not null, entity_id text not null, id text not null,
     kind text not null, text text not null, data text, actor text not null, execution_id text,
     at bigint not null, primary key (ws, entity_id, id)) CLUSTERED`,

  `create table suppression (ws integer not null, address text not null, reason text not null,
     at bigint not null, primary key (ws, address)) CLUSTERED`,
];
