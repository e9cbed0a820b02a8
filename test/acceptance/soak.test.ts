import assert from "node:assert/strict";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { soakInvocations } from "../soak/invocations.ts";
import { randomFrom, soak } from "../soak/soak.ts";

test("DR-15 a server that is killed in the middle of an email agent goes on with it: no mail missing, none twice", async () => {
  const seed = Number(process.env["STINT_SEED"] ?? 1);
  const report = await soak({ rounds: 3, contacts: 40, seed, latencyMs: 1200 });
  assert.equal(report.mailed, 40);
  assert.equal(
    report.summary,
    "Processed 40 contacts, sent 40 emails, created 40 tasks, added 40 tags",
  );
});

test("IV-18 a server that is killed again and again while agents work loses no round and starts none twice", async () => {
  const random = randomFrom(Number(process.env["STINT_SEED"] ?? 1));
  const data = await mkdtemp(join(tmpdir(), "stint-soak-"));
  const report = await soakInvocations({ kills: 3, agents: 4, napMs: 2500, random, data });
  assert.ok(report.rounds >= 4);
  assert.ok(report.inTheMiddle >= 1);
});
