/** Who may write to a stream, and what goes along with an append. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { payloadKey } from "../ledger.ts";
import { creating, drive, driving, ending, type Get, held, identity, noted } from "../testing.ts";

export function drives(get: Get): void {
  test("LG-4 only the owner, at its epoch and at the version it has read, writes; another is lost", async () => {
    const ledger = get();
    const on = await held(ledger);
    assert.equal((await drive(ledger, on)).ok, true);
    const lost = { ok: false, why: "lost" };
    const wrong = [
      { ...on, version: on.version - 1 },
      { ...on, version: on.version + 1 },
      { ...on, epoch: 2 },
      { ...on, lane: 1 },
    ];
    for (const place of wrong) {
      assert.deepEqual(await ledger.append(driving(place)), lost);
      assert.deepEqual(await ledger.append(driving(place, [], { state: "waiting" })), lost);
      const park = { wake: 0, readyAt: null };
      assert.deepEqual(await ledger.append(driving(place, [], { park })), lost);
      assert.deepEqual(await ledger.append(ending(place)), lost);
    }
    assert.equal((await ledger.read(on.no, 0)).length, 2);
  });

  test("LG-5 of two appends at one version exactly one is written", async () => {
    const ledger = get();
    const on = await held(ledger);
    const outcomes = await Promise.all([
      ledger.append(driving(on, [noted("a")])),
      ledger.append(driving(on, [noted("b")])),
    ]);
    assert.deepEqual(outcomes.map(({ ok }) => ok).toSorted(), [false, true]);
    assert.equal((await ledger.read(on.no, 0, 2)).length, 1);
  });

  test("LG-6 a stale change undoes its whole item, and the others of its batch are written", async () => {
    const ledger = get();
    const [one, two, three] = [await held(ledger), await held(ledger), await held(ledger)];
    const insert = "insert into projections (name, position, code_v) values (?, 1, 1)";
    const outcomes = await Promise.all([
      drive(ledger, one),
      drive(ledger, two, [noted()], {
        writes: [
          { sql: insert, parameters: ["undone"] },
          { sql: "delete from projections where name = 'nobody'", parameters: [], expect: 1 },
        ],
        payloads: [{ part: 0, subject: null, body: '"undone"' }],
        children: [creating({ identity: identity({ id: "prg_unborn" }) })],
      }),
      drive(ledger, three, [noted()], { writes: [{ sql: insert, parameters: ["kept"] }] }),
      ledger.append(creating()),
    ]);
    assert.deepEqual(
      outcomes.map(({ ok }) => ok),
      [true, false, true, true],
    );
    assert.equal((await ledger.read(two.no, 0)).length, 1);
    assert.equal((await ledger.readPayloads(two.no, 0)).size, 0);
    assert.equal(await ledger.find("prg_unborn"), undefined);
    const names = await ledger.store.db
      .selectFrom("projections")
      .select("name")
      .where("name", "in", ["undone", "kept"])
      .execute();
    assert.deepEqual(
      names.map((row) => row.name),
      ["kept"],
    );
    assert.equal((await drive(ledger, two)).ok, true);
  });

  test("LG-7 an item that the database refuses fails alone, and leaves nothing behind", async () => {
    const ledger = get();
    const [one, two] = [await held(ledger), await held(ledger)];
    const clash = "insert into guards (key, no) values ('clash', 1)";
    const bad = ledger.append(
      driving(one, [noted()], {
        writes: [
          { sql: clash, parameters: [] },
          { sql: clash, parameters: [] },
        ],
      }),
    );
    const broken = ledger.append(
      driving(one, [noted()], { writes: [{ sql: "no such language", parameters: [] }] }),
    );
    const good = drive(ledger, two);
    await assert.rejects(bad, { code: "conflict" });
    await assert.rejects(broken, { code: "store_failed" });
    assert.equal((await good).ok, true);
    assert.equal((await ledger.read(one.no, 0)).length, 1);
    assert.equal((await drive(ledger, one)).ok, true);
  });

  test("LG-8 payloads are kept by part and subject, in the append that names them", async () => {
    const ledger = get();
    const on = await held(ledger);
    await drive(ledger, on, [noted()], {
      payloads: [
        { part: 0, subject: "con_1", body: '{"name":"Ada"}' },
        { part: 1, subject: null, body: '"long"' },
      ],
    });
    const payloads = await ledger.readPayloads(on.no, 0);
    assert.deepEqual(payloads.get(payloadKey(on.version, 0)), { name: "Ada" });
    assert.equal(payloads.get(payloadKey(on.version, 1)), "long");
    const sql = "update payloads set body = null where subject = 'con_1'";
    await ledger.store.write([{ sql, parameters: [], expect: 1 }]);
    assert.equal((await ledger.readPayloads(on.no, 0)).get(payloadKey(on.version, 0)), undefined);
  });
}
