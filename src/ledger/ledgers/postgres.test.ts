import { test } from "node:test";

import { onPglite } from "#store/databases/pglite.ts";

import { ledgerConformance } from "../ledger.conformance.ts";
import { openPostgresLedger } from "./postgres.ts";

ledgerConformance("PostgreSQL (PGlite)", {
  open: async () => openPostgresLedger(await onPglite()),
  runs: 5,
});

const ONE_CONNECTION = "PGlite has one connection; a real server is needed to show it";
test("two writers on two connections never show a lower position late", { skip: ONE_CONNECTION });
test("two nodes that claim at the same moment share nothing", { skip: ONE_CONNECTION });
