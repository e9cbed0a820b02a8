import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

import { ledgerConformance } from "../ledger.conformance.ts";
import { openSqliteLedger } from "./sqlite.ts";

const folder = await mkdtemp(join(tmpdir(), "stint-ledger-"));
after(() => rm(folder, { recursive: true, force: true }));

ledgerConformance("SQLite", {
  open: () => openSqliteLedger(join(folder, "stint.db"), { sync: "off" }),
  runs: 25,
});
