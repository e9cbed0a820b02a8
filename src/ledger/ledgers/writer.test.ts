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
  const append = () =>
    Array.from({ length: 1500 }, async () => {
      const outcome = await ledger.append(creating());
      told += 1;
      return outcome.ok;
    });
  await Promise.all(append());
  clearImmediate(turn);
  assert.ok(most > 0 && most <= MOST_A_TURN * 2, `${most} were told in one turn`);
  const last = append();
  await ledger.close();
  assert.deepEqual([...new Set(await Promise.all(last))], [true]);
  await rm(folder, { recursive: true });
});

test("LW-5 what is appended once the store closes is refused at once, and what was before it is told", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stint-writer-"));
  for (let round = 0; round < 5; round += 1) {
    const ledger = await openSqliteLedger(join(folder, "stint.db"), { sync: "off" });
    const before = Array.from({ length: 300 }, () => ledger.append(creating()));
    const closed = ledger.close();
    const late = Array.from({ length: 50 }, () => ledger.append(creating()));
    assert.equal(ledger.underWay(), 300);
    for (const one of late) await assert.rejects(one, { message: "The store is closed." });
    assert.ok((await Promise.all(before)).every(({ ok }) => ok));
    await closed;
  }
  await rm(folder, { recursive: true });
});

test("LW-4 two writers of one file, beneath the folder's lock, number on from what the other one wrote", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stint-writer-"));
  const path = join(folder, "stint.db");
  const ledgers = [
    await openSqliteLedger(path, { sync: "off" }),
    await openSqliteLedger(path, { sync: "off" }),
  ];
  const nos: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    for (const ledger of ledgers) {
      const outcome = await ledger.append(creating());
      assert.ok(outcome.ok);
      nos.push(outcome.no);
    }
  }
  assert.deepEqual(nos, [1, 2, 3, 4, 5, 6]);
  for (const ledger of ledgers) await ledger.close();
  await rm(folder, { recursive: true });
});
