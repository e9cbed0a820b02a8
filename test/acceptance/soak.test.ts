import assert from "node:assert/strict";
import { test } from "node:test";

import { soak } from "../soak/soak.ts";

test("DR-15 a server that is killed in the middle of an email agent goes on with it: no mail missing, none twice", async () => {
  const seed = Number(process.env["STINT_SEED"] ?? 1);
  const report = await soak({ rounds: 3, contacts: 40, seed, latencyMs: 1200 });
  assert.equal(report.mailed, 40);
  assert.equal(
    report.summary,
    "Processed 40 contacts, sent 40 emails, created 40 tasks, added 40 tags",
  );
});
