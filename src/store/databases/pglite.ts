/** PostgreSQL within this process, for tests of what must hold on both databases. */
import { PGlite } from "@electric-sql/pglite";

import type { PgClient, PgConnection, PgRow } from "./postgres.ts";

/** PGlite has one connection: whoever asks for it waits until the one before has given it back. */
export async function onPglite(): Promise<PgClient> {
  const db = await PGlite.create();
  let last: Promise<void> = Promise.resolve();
  return {
    connect: async (): Promise<PgConnection> => {
      const before = last;
      const mine = Promise.withResolvers<void>();
      last = mine.promise;
      await before;
      return {
        query: async (sql, parameters = []) => {
          const { rows, affectedRows } = await db.query<PgRow>(sql, [...parameters]);
          return { rows, changed: affectedRows ?? 0 };
        },
        release: mine.resolve,
      };
    },
    close: () => db.close(),
  };
}
