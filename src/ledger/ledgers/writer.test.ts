import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { creating } from "../testing.ts";
import { openSqliteLedger } from "./sqlite.ts";

const MOST_A_TURN = 128;

test("LW-3 callers of a large batch go on over several turns, and all are told before the store closes", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stint-writer-"));
  const ledger = await openSqliteLedger(join(folder, "stint.db"), { sync: "off" });
  let told = 0;
  let [before, most] = [0, 0];
  let turn = setImmediate(look);
  function look(): void {
    most = Math.max(most, told - before);
    before = told;
    turn = setImmediate(look);
  }
  const appended = Array.from({ length: 1500 }, async () => {
    const outcome = await ledger.append(creating());
    told += 1;
    return outcome.ok;
  });
  await ledger.close();
  assert.deepEqual([...new Set(await Promise.all(appended))], [true]);
  clearImmediate(turn);
  assert.ok(most > 0 && most <= MOST_A_TURN * 2, `${most} were told in one turn`);
  await rm(folder, { recursive: true });
});
