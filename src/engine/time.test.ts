import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { creating } from "#ledger/testing.ts";

import { openTime } from "./time.ts";

const DAY = 86_400_000;

test("SF-24 how far the clock was ahead outlasts the process, until it is followed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stint-time-"));
  const ledger = await openSqliteLedger(join(folder, "stint.db"), { sync: "off" });
  const warnings: string[] = [];
  const log = { warn: (message: string): number => warnings.push(message) };
  const keptAhead = (): Promise<unknown> =>
    ledger.store.db.selectFrom("meta").select("value").where("key", "=", "clock_ahead").execute();

  assert.equal((await openTime(ledger, log)).ahead(), 0);
  await ledger.append(creating({ at: Date.now() - 2 * DAY }));
  await ledger.store.write([
    { sql: "insert into meta (key, value) values ('clock_ahead', ?)", parameters: [String(DAY)] },
  ]);
  const clock = await openTime(ledger, log);
  assert.equal(clock.ahead(), DAY);
  assert.ok(Math.abs(Date.now() - DAY - clock.now()) < 60_000);
  assert.match(warnings.join(), /clock is ahead of the time that has passed/);
  clock.follow();
  await ledger.append(creating()); // what follows in the writer comes after what was kept
  assert.deepEqual(await keptAhead(), []);
  assert.equal((await openTime(ledger, log)).ahead(), 0);

  await ledger.close();
  await rm(folder, { recursive: true, force: true });
});
