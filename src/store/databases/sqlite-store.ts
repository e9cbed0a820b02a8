/** The rest of a store on SQLite: its tables, and connections that read. */
import { DatabaseSync, type SQLInputValue } from "node:sqlite";

import { Kysely, SqliteDialect, type SqliteDatabase } from "kysely";

import { migrate } from "../migrate.ts";
import type { Tables } from "../tables.ts";
import { defineFunctions } from "./sqlite-functions.ts";

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
export async function migrateSqlite(db: DatabaseSync): Promise<void> {
  db.exec("begin immediate");
  await migrate(kyselyOn(db) as unknown as Kysely<never>, "sqlite");
  db.exec("commit");
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
