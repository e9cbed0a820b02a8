import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { test } from "node:test";

import { openReading } from "#store/databases/sqlite-reading.ts";
import { openWriting } from "#store/databases/sqlite.ts";

import { creating, drive, held, noted } from "../testing.ts";
import { giveBack, keepLogShort } from "./space.ts";
import { openSqliteLedger } from "./sqlite.ts";

interface Filled extends AsyncDisposable {
  readonly path: string;
  readonly db: DatabaseSync;
  readonly put: (rows: number) => void;
}

async function openFilled(): Promise<Filled> {
  const folder = await mkdtemp(join(tmpdir(), "stint-space-"));
  const path = join(folder, "file.db");
  const db = openWriting(path, { sync: "off" });
  db.exec("create table t (n integer primary key, text text)");
  const insert = db.prepare("insert into t (text) values (?)");
  return {
    path,
    db,
    put: (rows) => {
      db.exec("begin");
      for (let i = 0; i < rows; i += 1) insert.run("x".repeat(1000));
      db.exec("commit");
    },
    [Symbol.asyncDispose]: async () => {
      db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const pagesOf = (db: DatabaseSync): number =>
  Number(db.prepare("pragma page_count").get()?.["page_count"]);

test("LG-56 pages that pruning has freed are given back to the disk, few at a time", async () => {
  await using filled = await openFilled();
  const { db, put } = filled;
  put(6000);
  const before = pagesOf(db);
  db.exec("delete from t");
  let steps = 1;
  for (let last = before; giveBack(db); steps += 1) {
    assert.ok(last - pagesOf(db) <= 140, "so many, and those that tell of them");
    last = pagesOf(db);
  }
  assert.ok(steps > 3);
  assert.ok(pagesOf(db) <= 520, `${pagesOf(db)} of ${before} pages are left`);
  assert.equal(giveBack(db), false);
});

const MIB = 1024 * 1024;

test("LG-57 the log begins anew when readers let it, and the writer waits for them where it has grown too long", async () => {
  await using filled = await openFilled();
  const { db, path, put } = filled;
  const limits = { long: MIB, brieflyMs: 1, tooLong: 4 * MIB, longerMs: 2 };
  const log = keepLogShort(db, path, limits);
  db.exec("pragma wal_autocheckpoint = 0");
  const write = (): number => {
    for (let batch = 0; batch < 32; batch += 1) {
      put(50);
      log.look();
    }
    return statSync(`${path}-wal`).size;
  };
  const reader = openReading(path);
  reader.exec("begin");
  reader.prepare("select count(*) from t").get();
  assert.ok(write() > MIB, "a reader that stays holds the log");
  assert.ok(write() > MIB);
  reader.exec("commit");
  assert.ok(write() < MIB, "once it has gone the log begins anew");
  reader.close();
});

test("LG-59 the bytes of what was erased are left in no file of the ledger", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stint-forget-"));
  const ledger = await openSqliteLedger(join(folder, "stint.db"), { sync: "off" });
  try {
    const on = await held(ledger);
    for (let part = 0; part < 50; part += 1) {
      const body = JSON.stringify(`SECRET ${"words ".repeat(part * 20)}`);
      const payloads = [{ part: 0, subject: "con_1", body }];
      await drive(ledger, on, [noted()], { payloads });
    }
    const inFiles = async (words: string): Promise<boolean> => {
      const names = await readdir(folder);
      const files = await Promise.all(names.map((name) => readFile(join(folder, name))));
      return files.some((bytes) => bytes.includes(words));
    };
    assert.equal(await inFiles("SECRET"), true);
    const item = { op: "erase", ws: 1, subject: "con_1", agents: [], by: "system", at: 1 } as const;
    assert.equal((await ledger.append({ ...item, reason: "asked for" })).ok, true);
    await ledger.append(creating());
    assert.equal(await inFiles("SECRET"), false);
  } finally {
    await ledger.close();
    await rm(folder, { recursive: true, force: true });
  }
});
