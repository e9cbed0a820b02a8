/** Facts as they come back, and to whom follows them. */
import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import type { Entry } from "../ledger.ts";
import { drive, type Get, held, noted } from "../testing.ts";

export function streams(get: Get, runs: number): void {
  test("LG-9 facts come back as they were, in order, numbered from 1", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
        async (appends) => {
          const ledger = get();
          const on = await held(ledger);
          for (const notes of appends) {
            await drive(
              ledger,
              on,
              notes.map((note) => noted("n", note)),
            );
          }
          const entries = await ledger.read(on.no, 0, 2);
          const versions = entries.flatMap(({ version, facts }) =>
            facts.map((_, index) => version - facts.length + 1 + index),
          );
          const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
          const notes = entries.flatMap(({ facts }) =>
            facts.map((fact) => (fact.t === "noted" ? fact.note : undefined)),
          );
          assert.deepEqual(notes, plain(appends.flat()));
          assert.deepEqual(
            versions,
            notes.map((_, index) => index + 3),
          );
        },
      ),
      { numRuns: runs },
    ));

  test("LG-10 who follows by position sees every fact once, and no lower position appears late", async () => {
    const ledger = get();
    const start = await ledger.head();
    const seen: Entry[] = [];
    let position = start;
    const read = async (): Promise<void> => {
      const more = await ledger.readAfter(position, 7);
      seen.push(...more);
      position = more.at(-1)?.position ?? position;
      if (more.length === 7) await read();
    };
    let reading = Promise.resolve();
    const stop = ledger.onAppend(() => {
      reading = reading.then(read);
    });
    const all = await Promise.all(Array.from({ length: 20 }, () => held(ledger)));
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(all.map((on) => drive(ledger, on, [noted("a"), noted("b")])));
    }
    await reading;
    await read();
    stop();
    const positions = seen.map((entry) => entry.position);
    assert.deepEqual(
      positions,
      positions.toSorted((a, b) => a - b),
    );
    assert.equal(new Set(positions).size, positions.length);
    assert.equal(seen.length, 120);
    assert.equal(await ledger.head(), start + 20 * 2 + 100 * 2);
    assert.equal(positions.at(-1), await ledger.head());
  });

  test("LG-11 facts of a newer Stint are refused in words, never misread", async () => {
    const ledger = get();
    const on = await held(ledger);
    const sql = "update facts set v = 99 where no = ?";
    await ledger.store.write([{ sql, parameters: [on.no] }]);
    await assert.rejects(ledger.read(on.no, 0), { code: "store_failed" });
    await ledger.store.write([{ sql: "update facts set v = 1 where no = ?", parameters: [on.no] }]);
  });
}
