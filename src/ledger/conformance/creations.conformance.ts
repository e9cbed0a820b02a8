/** Commands, guards, and changes that go with a creation. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { creating, type Get, identity } from "../testing.ts";

export function creations(get: Get): void {
  test("LG-1 a command's repeat gets the first one's answer and creates nothing", async () => {
    const ledger = get();
    const command = { key: "create-once", answer: "the answer" };
    const first = await ledger.append(creating({ command }));
    assert.ok(first.ok);
    const repeat = creating({ command });
    assert.deepEqual(await ledger.append(repeat), {
      ok: false,
      why: "repeated",
      no: first.no,
      answer: "the answer",
    });
    assert.equal(await ledger.find(repeat.identity.id), undefined);
    const elsewhere = creating({ command, identity: identity({ ws: 2 }) });
    assert.equal((await ledger.append(elsewhere)).ok, true);
  });

  test("LG-2 a guard is held by one; a refusal names the holder and takes none of the others", async () => {
    const ledger = get();
    const holder = creating({ guards: ["g:1"] });
    await ledger.append(holder);
    const refused = await ledger.append(creating({ guards: ["g:free", "g:1"] }));
    assert.deepEqual(refused, {
      ok: false,
      why: "guarded",
      key: "g:1",
      holder: holder.identity.id,
    });
    assert.equal((await ledger.append(creating({ guards: ["g:free"] }))).ok, true);
  });

  test("LG-3 changes that go with a creation are made with it, or it is refused as stale", async () => {
    const ledger = get();
    const sql = "insert into projections (name, position, code_v) values ('with-create', 1, 1)";
    const good = creating({ writes: [{ sql, parameters: [], expect: 1 }] });
    assert.equal((await ledger.append(good)).ok, true);
    const miss = "update projections set code_v = 2 where name = 'nowhere'";
    const bad = creating({
      writes: [
        { sql: "update projections set code_v = 9 where name = 'with-create'", parameters: [] },
        { sql: miss, parameters: [], expect: 1 },
      ],
    });
    assert.deepEqual(await ledger.append(bad), { ok: false, why: "stale" });
    assert.equal(await ledger.find(bad.identity.id), undefined);
    const row = await ledger.store.db
      .selectFrom("projections")
      .select("code_v")
      .where("name", "=", "with-create")
      .executeTakeFirst();
    assert.equal(row?.code_v, 1);
  });
}
