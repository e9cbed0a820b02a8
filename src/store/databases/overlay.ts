/**
 * A store in memory that lies over a file: who reads sees both, what is written stays in memory and is
 * read back from there. The file is opened for reading only. A row of an entity is copied before it is
 * first changed, and hides the one beneath from then on; closing forgets everything.
 */
import { randomUUID } from "node:crypto";
import { DatabaseSync } from "node:sqlite";

import type { SqlValue, Write } from "../store.ts";
import { defineFunctions } from "./sqlite-functions.ts";

export interface Overlay {
  /** Sees both. */
  readonly reading: DatabaseSync;
  /** Writes in memory, and finds there what it changes. */
  readonly writing: DatabaseSync;
  /** To be called before writes are carried out: copies the rows that they name. */
  readonly cover: (writes: readonly Write[]) => void;
  readonly close: () => void;
}

export interface OverlayOptions {
  /** The file beneath. */
  readonly path: string;
  /** Rows of these are copied at the start, since writes find them by other than an id. */
  readonly ws: number;
  readonly agent: number;
}

/** Rows that are found by an entity's id, in which column. */
const COVERED: Readonly<Record<string, string>> = {
  contact: "id",
  company: "id",
  deal: "id",
  entity_tag: "entity_id",
};
/** Rows are only added: those of both are there. */
const ADDED = ["activity", "crm_task", "notification", "journeys", "live"] as const;
/** Small, and changed by other than an id: which rows of them, by whose number. */
const COPIED: Readonly<Record<string, readonly [where: string, of: "ws" | "agent"]>> = {
  tag: ["ws = ?", "ws"],
  user_role: ["ws = ?", "ws"],
  memory: ["scope = 'agent' and agent = ?", "agent"],
};
/** Nothing of the file is seen: what runs, and what of it is counted. */
const OWN =
  `facts payloads inbox guards commands meta executions projections rollups sketches totals
  rollup_base sketch_base total_base pruning pruned agent agent_version counter breaker audit
  subject_keys erasures`.split(/\s+/);

/** Executions are numbered from here, so that no number means one of the file's. */
const FIRST_NO = 2 ** 40;

export function openOverlay({ path, ...mine }: OverlayOptions): Overlay {
  const memory = `file:/stint-${randomUUID()}?vfs=memdb`;
  const writing = openOver(memory, path);
  const tables = makeTables(writing);
  const reading = openOver(memory, path);
  defineFunctions(reading);
  for (const db of [writing, reading]) knowTables(db);
  layOver(writing, reading, tables);
  for (const [table, [where, of]] of Object.entries(COPIED)) {
    const copy = `insert into main.${table} select * from beneath.${table} where ${where}`;
    writing.prepare(copy).run(mine[of]);
  }
  return {
    reading,
    writing,
    cover: coveringIn(writing, mine.ws),
    close: () => {
      reading.close();
      writing.close();
    },
  };
}

const FILES = process.platform === "win32" ? "win32" : "unix";

function openOver(memory: string, path: string): DatabaseSync {
  const db = new DatabaseSync(memory);
  const file = `file:${encodeURI(path).replaceAll(/[?#]/g, encodeURIComponent)}`;
  db.prepare("attach ? as beneath").run(`${file}?mode=ro&vfs=${FILES}`);
  db.exec("pragma busy_timeout = 5000");
  db.exec("pragma temp_store = memory");
  return db;
}

/** The same tables and indexes as the file has. */
function makeTables(db: DatabaseSync): readonly string[] {
  const made = db
    .prepare(
      `select type, name, sql from beneath.sqlite_schema
       where sql is not null and name not like 'sqlite\\_%' escape '\\' order by type = 'index'`,
    )
    .all();
  db.exec("begin");
  for (const { sql } of made) db.exec(String(sql));
  db.exec("create table covered (id text primary key) without rowid");
  db.exec(`insert into meta (key, value) values ('last_no', '${FIRST_NO}')`);
  db.exec("commit");
  return made.flatMap(({ type, name }) => (type === "table" ? [String(name)] : []));
}

/**
 * A name that stands in memory and in the file means the one in memory only for a connection that has
 * looked there already; else it is taken for the file's.
 */
function knowTables(db: DatabaseSync): void {
  db.prepare("select count(*) from main.sqlite_schema").get();
}

/** A view of the name of a table comes before the table, for whoever has it. */
function layOver(writing: DatabaseSync, reading: DatabaseSync, tables: readonly string[]): void {
  const own = new Set<string>([...OWN, ...Object.keys(COPIED)]);
  const added = new Set<string>(ADDED);
  for (const table of tables.filter((name) => !own.has(name))) {
    const column = COVERED[table];
    const below = `select * from beneath.${table}`;
    const both = `select * from main.${table} union all ${below}`;
    if (column !== undefined)
      view(reading, table, `${both} where ${column} not in (select id from main.covered)`);
    else if (added.has(table)) view(reading, table, both);
    else for (const db of [reading, writing]) view(db, table, below);
  }
}

function view(db: DatabaseSync, name: string, query: string): void {
  db.exec(`create temp view ${name} as ${query}`);
}

const ENTITY_ID = /^(?:con|com|deal)_/;

function coveringIn(db: DatabaseSync, ws: number): Overlay["cover"] {
  const isNew = db.prepare("insert into main.covered (id) values (?) on conflict do nothing");
  const copies = Object.entries(COVERED).map(([table, column]) =>
    db.prepare(
      `insert into main.${table} select * from beneath.${table} where ws = ? and ${column} = ?`,
    ),
  );
  const isEntity = (value: SqlValue): value is string =>
    typeof value === "string" && ENTITY_ID.test(value);
  return (writes) => {
    for (const id of writes.flatMap(({ parameters }) => parameters.filter(isEntity))) {
      if (Number(isNew.run(id).changes) === 0) continue;
      for (const copy of copies) copy.run(ws, id);
    }
  };
}
