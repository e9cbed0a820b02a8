/** Signals, and parking without losing one. */
import assert from "node:assert/strict";
import { test } from "node:test";

import {
  claiming,
  creating,
  drive,
  driving,
  ending,
  type Get,
  held,
  noted,
  signaling,
} from "../testing.ts";

export function inboxes(get: Get): void {
  test("LG-12 a signal waits in the inbox until the owner's own facts take it out", async () => {
    const ledger = get();
    const on = await held(ledger);
    const { id } = on.identity;
    assert.deepEqual(await ledger.append(signaling(id, { body: '{"n":1}' })), {
      ok: true,
      no: on.no,
      repeated: false,
    });
    await ledger.append(signaling(id, { body: '{"n":2}' }));
    const { wake, items } = await ledger.readInbox(on.no, 0);
    assert.equal(wake, 2);
    assert.deepEqual(
      items.map(({ body }) => body),
      ['{"n":1}', '{"n":2}'],
    );
    const consumed = items.slice(0, 1).map(({ seq }) => seq);
    await drive(ledger, on, [noted()], { consumed });
    assert.equal((await ledger.readInbox(on.no, 0)).items.length, 1);
  });

  test("LG-26 an inbox entry's number is never used again", async () => {
    const ledger = get();
    const on = await held(ledger);
    const numbers: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      await ledger.append(signaling(on.identity.id));
      const { items } = await ledger.readInbox(on.no, 0);
      numbers.push(...items.map(({ seq }) => seq));
      await drive(ledger, on, [noted()], { consumed: items.map(({ seq }) => seq) });
    }
    assert.equal(new Set(numbers).size, 3);
  });

  test("LG-13 a signal's key counts once for its execution, also after it was taken", async () => {
    const ledger = get();
    const on = await held(ledger);
    const { id } = on.identity;
    await ledger.append(signaling(id, { key: "k" }));
    const { items } = await ledger.readInbox(on.no, 0);
    await drive(ledger, on, [noted()], { consumed: items.map(({ seq }) => seq) });
    const repeat = await ledger.append(signaling(id, { key: "k" }));
    assert.deepEqual(repeat, { ok: true, no: on.no, repeated: true });
    assert.equal((await ledger.readInbox(on.no, 0)).items.length, 0);
  });

  test("LG-14 what has ended hears nothing more: it says so, and keeps nothing", async () => {
    const ledger = get();
    const on = await held(ledger);
    await ledger.append(signaling(on.identity.id));
    await ledger.append(ending(on));
    const late = await ledger.append(signaling(on.identity.id));
    assert.deepEqual(late, { ok: false, why: "ended" });
    assert.deepEqual((await ledger.readInbox(on.no, 0)).items, []);
  });

  test("LG-15 parking fails when a signal came since the owner looked, so no wake is lost", async () => {
    const ledger = get();
    const on = await held(ledger, { guards: ["g:park"] });
    const park = { wake: 0, readyAt: null };
    await ledger.append(signaling(on.identity.id));
    const refused = await drive(ledger, on, [noted()], { park, release: ["g:park"] });
    assert.deepEqual(refused.ok && refused.parked, false);
    assert.equal((await ledger.append(creating({ guards: ["g:park"] }))).ok, false);
    assert.equal(
      (await drive(ledger, on, [noted()], { park: { wake: 1, readyAt: null } })).ok,
      true,
    );
    assert.deepEqual(await ledger.append(driving(on)), { ok: false, why: "lost" });
    await ledger.append(signaling(on.identity.id));
    const mine = await ledger.append(claiming(ledger.owner));
    assert.ok(mine.some(({ no }) => no === on.no));
  });
}
