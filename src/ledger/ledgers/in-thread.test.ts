import { DatabaseSync } from "node:sqlite";

import { kyselyOn, migrateSqlite } from "#store/databases/sqlite-store.ts";

import { ledgerConformance } from "../ledger.conformance.ts";
import { openLedgerInThread } from "./in-thread.ts";

ledgerConformance("a connection of its own thread", {
  open: async () => {
    const connection = new DatabaseSync(":memory:");
    await migrateSqlite(connection);
    const db = kyselyOn(connection);
    return openLedgerInThread({
      db: connection,
      store: { db, heavy: db },
      beforeWrites: () => undefined,
      close: () => connection.close(),
    });
  },
  runs: 10,
});
