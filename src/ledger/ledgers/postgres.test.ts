import { test } from "node:test";

import { PGlite } from "@electric-sql/pglite";

import type { PgClient, PgConnection, PgRow } from "#store/databases/postgres.ts";

import { ledgerConformance } from "../ledger.conformance.ts";
import { openPostgresLedger } from "./postgres.ts";

/** PGlite has one connection: whoever asks for it waits until the one before has given it back. */
function onPglite(db: PGlite): PgClient {
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

ledgerConformance("PostgreSQL (PGlite)", {
  open: async () => openPostgresLedger(onPglite(await PGlite.create())),
  runs: 5,
});

const ONE_CONNECTION = "PGlite has one connection; a real server is needed to show it";
test("two writers on two connections never show a lower position late", { skip: ONE_CONNECTION });
test("two nodes that claim at the same moment share nothing", { skip: ONE_CONNECTION });
