/** The tables of a store on SQLite, and Kysely on a connection. */
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";

import { Kysely, SqliteDialect, type SqliteDatabase } from "kysely";

import { migrate } from "../migrate.ts";
import type { Tables } from "../tables.ts";

export function kyselyOn(db: DatabaseSync): Kysely<Tables> {
  return kyselyThrough(db, (text) => db.prepare(text));
}

const MOST_PREPARED = 500;

/** For a connection that is asked the same over and over: a statement is prepared once. */
export function kyselyKeeping(db: DatabaseSync): Kysely<Tables> {
  const prepared = new Map<string, StatementSync>();
  return kyselyThrough(db, (text) => {
    const known = prepared.get(text);
    if (known !== undefined) return known;
    if (prepared.size >= MOST_PREPARED) prepared.clear();
    const statement = db.prepare(text);
    prepared.set(text, statement);
    return statement;
  });
}

type Prepare = (text: string) => StatementSync;

function kyselyThrough(db: DatabaseSync, prepare: Prepare): Kysely<Tables> {
  const database = adapter(db, prepare);
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: async () => database }) });
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
function adapter(db: DatabaseSync, prepare: Prepare): SqliteDatabase {
  return {
    close: () => {
      db.close();
    },
    prepare: (text) => {
      const statement = prepare(text);
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
