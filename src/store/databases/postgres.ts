/** PostgreSQL over whatever connects to it: a pool of `pg`, or PGlite in tests. */
import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from "kysely";

import type { SqlValue } from "../store.ts";
import type { Tables } from "../tables.ts";

export type PgRow = Readonly<Record<string, SqlValue>>;

export interface PgConnection {
  /** @param sql with `$1`, `$2` … for parameters */
  readonly query: (
    sql: string,
    parameters?: readonly unknown[],
  ) => Promise<{ readonly rows: readonly PgRow[]; readonly changed: number }>;
  /** Gives it back to whoever asks next. */
  readonly release: () => void;
}

export interface PgClient {
  /** A connection of the caller's own until it releases it. */
  readonly connect: () => Promise<PgConnection>;
  readonly close: () => Promise<void>;
}

/** All of it, or none. @throws what the work threw */
export async function inTransaction<Result>(
  client: PgClient,
  work: (connection: PgConnection) => Promise<Result>,
): Promise<Result> {
  const connection = await client.connect();
  try {
    await connection.query("begin");
    const result = await work(connection);
    await connection.query("commit");
    return result;
  } catch (error) {
    await connection.query("rollback");
    throw error;
  } finally {
    connection.release();
  }
}

/** One statement on a connection of its own. */
export async function ask(
  client: PgClient,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<readonly PgRow[]> {
  const connection = await client.connect();
  try {
    return (await connection.query(sql, parameters)).rows;
  } finally {
    connection.release();
  }
}

export function kyselyOnPostgres(client: PgClient): Kysely<Tables> {
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driverOf(client),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  return new Kysely<Tables>({ dialect });
}

interface Connected extends DatabaseConnection {
  readonly connection: PgConnection;
}

const say = async (on: DatabaseConnection, sql: string): Promise<void> => {
  await (on as Connected).connection.query(sql);
};

function driverOf(client: PgClient): Driver {
  return {
    init: async () => undefined,
    acquireConnection: async () => connected(await client.connect()),
    beginTransaction: (on) => say(on, "begin"),
    commitTransaction: (on) => say(on, "commit"),
    rollbackTransaction: (on) => say(on, "rollback"),
    releaseConnection: async (on) => {
      (on as Connected).connection.release();
    },
    destroy: async () => undefined,
  };
}

function connected(connection: PgConnection): Connected {
  return {
    connection,
    executeQuery: async <R>({
      sql,
      parameters,
    }: {
      readonly sql: string;
      readonly parameters: readonly unknown[];
    }): Promise<QueryResult<R>> => {
      const { rows, changed } = await connection.query(sql, parameters);
      return { rows: rows as R[], numAffectedRows: BigInt(changed) };
    },
    streamQuery: () => {
      throw new Error("Queries on PostgreSQL are not streamed yet.");
    },
  };
}
