/**
 * SQLite through Node's own `node:sqlite`: no native module to install. WAL, so that readers on other
 * threads never wait for the writer; full sync, so that what was answered survives a power cut.
 */
import { DatabaseSync, type SQLInputValue } from "node:sqlite";

import { Kysely, SqliteDialect, type SqliteDatabase } from "kysely";

import { migrate } from "../migrate.ts";
import type { Tables } from "../tables.ts";
import { defineFunctions } from "./sqlite-functions.ts";

export interface SqliteOptions {
  /** `full` (the default) syncs each commit; `off` is for tests that do not pull the plug. */
  readonly sync?: "full" | "off";
}

/** The writing connection. One process, one thread has it. */
export function openWriting(path: string, { sync = "full" }: SqliteOptions = {}): DatabaseSync {
  const db = new DatabaseSync(path);
  db.exec("pragma auto_vacuum = incremental"); // only has an effect before the first table
  db.exec("pragma journal_mode = wal");
  db.exec(`pragma synchronous = ${sync}`);
  db.exec("pragma cache_size = -16384"); // a larger one was not faster
  db.exec("pragma secure_delete = fast"); // pages written anyway keep nothing old; it costs nothing measurable
  db.exec("pragma temp_store = memory");
  db.exec("pragma wal_autocheckpoint = 0"); // the writer checkpoints by itself
  return db;
}

/** A connection that only reads: writing through it fails. */
export function openReading(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  db.exec("pragma query_only = on");
  db.exec("pragma cache_size = -16384");
  db.exec("pragma busy_timeout = 5000");
  defineFunctions(db);
  return db;
}

export function kyselyOn(db: DatabaseSync): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: async () => adapter(db) }) });
}

/**
 * Creates or updates the tables of the file, before the writer opens it: all of it or nothing, since a
 * process can die in the middle, and Kysely leaves transactions around SQLite's DDL to us.
 */
export async function migrateSqlite(path: string): Promise<void> {
  const db = openWriting(path);
  const kysely = kyselyOn(db);
  try {
    db.exec("begin immediate");
    await migrate(kysely as unknown as Kysely<never>, "sqlite");
    db.exec("commit");
  } finally {
    await kysely.destroy();
  }
}

/** Kysely expects better-sqlite3's shape: parameters as one array, and whether a statement reads. */
function adapter(db: DatabaseSync): SqliteDatabase {
  return {
    close: () => {
      db.close();
    },
    prepare: (text) => {
      const statement = db.prepare(text);
      const values = (parameters: readonly unknown[]): SQLInputValue[] =>
        parameters as SQLInputValue[];
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
        iterate: (parameters) => statement.iterate(...values(parameters)),
      };
    },
  };
}
