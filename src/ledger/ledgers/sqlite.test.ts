import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { ledgerConformance } from "../ledger.conformance.ts";
import { held } from "../testing.ts";
import { openSqliteLedger } from "./sqlite.ts";

const folder = await mkdtemp(join(tmpdir(), "stint-ledger-"));
after(() => rm(folder, { recursive: true, force: true }));

ledgerConformance("SQLite", {
  open: () => openSqliteLedger(join(folder, "stint.db"), { sync: "off" }),
  runs: 25,
});

test("LG-60 a ledger that is closed has let go of its file, and its log is in it", async () => {
  const own = await mkdtemp(join(folder, "closed-"));
  const ledger = await openSqliteLedger(join(own, "stint.db"), { sync: "off" });
  await held(ledger);
  await ledger.close();
  assert.deepEqual(await readdir(own), ["stint.db"]);
});
