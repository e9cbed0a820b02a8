/** The tables of a store on SQLite, and Kysely on a connection. */
import type { DatabaseSync, SQLInputValue } from "node:sqlite";

import { Kysely, SqliteDialect, type SqliteDatabase } from "kysely";

import { migrate } from "../migrate.ts";
import type { Tables } from "../tables.ts";

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
