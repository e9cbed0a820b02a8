import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";
import { sql } from "kysely";

import { testClock } from "#domain/test-clock.ts";

import { openTestStore, type TestStore } from "../testing.ts";
import { kyselyOnReader, Reader, READER_IDLE_MS } from "./reader.ts";

async function storeOf(rows: number): Promise<TestStore> {
  const store = await openTestStore();
  const insert = { sql: "insert into meta (key, value) values (?, ?)" };
  await store.write(
    Array.from({ length: rows }, (_, n) => ({ ...insert, parameters: [`k${n}`, `v${n % 7}`] })),
  );
  return store;
}

const plain = (rows: readonly object[]): readonly object[] => rows.map((row) => ({ ...row }));

test("LG-40 the reading thread answers every question as the connection of this one does", async () => {
  await using store = await storeOf(200);
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "grapheme" }),
      fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true }), fc.constant(null)),
      fc.integer({ min: 0, max: 300 }),
      async (text, number, limit) => {
        const ask = (db: TestStore["db"]) =>
          db
            .selectFrom("meta")
            .select(["key", "value", sql`${text}`.as("text"), sql`${number}`.as("number")])
            .select(sql`text_holds('contains', key, ${text})`.as("held"))
            .orderBy("key")
            .limit(limit)
            .execute();
        assert.deepEqual(plain(await ask(store.heavy)), plain(await ask(store.db)));
      },
    ),
    { numRuns: 50 },
  );
});

test("LG-41 a stream is read as far as it is asked for, and others are answered meanwhile", async () => {
  await using store = await storeOf(1000);
  const keys: string[] = [];
  for await (const { key } of store.heavy.selectFrom("meta").select("key").stream(10)) {
    keys.push(key);
    if (keys.length === 25) break;
    const { n } = await store.heavy
      .selectFrom("meta")
      .select((eb) => eb.fn.countAll<number>().as("n"))
      .executeTakeFirstOrThrow();
    assert.equal(n, 1000);
  }
  assert.equal(new Set(keys).size, 25);
  const all: string[] = [];
  for await (const { key } of store.heavy.selectFrom("meta").select("key").stream(64))
    all.push(key);
  assert.equal(new Set(all).size, 1000);
});

test("LG-42 what goes wrong with a question in the reading thread is that question's error alone", async () => {
  await using store = await storeOf(1);
  const wrong = sql`select a from nowhere`.execute(store.heavy);
  const right = store.heavy.selectFrom("meta").select("value").execute();
  await assert.rejects(wrong, /no such table: nowhere/);
  assert.equal((await right).length, 1);
  await assert.rejects(
    sql`delete from meta`.execute(store.heavy),
    /readonly|read-only|query_only/i,
  );
  await assert.rejects(
    store.heavy
      .selectFrom("meta")
      .select("nope" as "key")
      .stream()
      .next(),
  );
});

test("LG-43 the reading thread begins with the first question, and ends when none came for a while or the store is closed", async () => {
  await using store = await storeOf(5);
  const clock = testClock();
  const reader = new Reader(store.path, clock);
  {
    await using db = kyselyOnReader(reader);
    const count = async (): Promise<number> =>
      (await db.selectFrom("meta").select("key").execute()).length;
    assert.equal(reader.isRunning, false);
    assert.equal(await count(), 5);
    clock.advance(READER_IDLE_MS - 1);
    assert.equal(await count(), 5);
    clock.advance(READER_IDLE_MS - 1);
    assert.equal(reader.isRunning, true);
    clock.advance(1);
    assert.equal(reader.isRunning, false);
    const stream = db.selectFrom("meta").select("key").stream(2);
    await stream.next();
    clock.advance(2 * READER_IDLE_MS);
    assert.equal(reader.isRunning, true); // somebody still reads
    await stream.return?.();
    assert.equal(await count(), 5);
  }
  assert.equal(reader.isRunning, false);
  await assert.rejects(reader.all("select 1", []), { code: "store_failed" });
});
