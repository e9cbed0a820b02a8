/** Who gets what is due. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { telling } from "../telling.ts";
import {
  AT,
  claiming,
  creating,
  drive,
  driving,
  ending,
  type Get,
  held,
  identity,
  noted,
  signaling,
} from "../testing.ts";

export function claims(get: Get): void {
  test("LG-16 a claim takes what is due, oldest first, each with an epoch nobody had before", async () => {
    const ledger = get();
    await ledger.append(claiming(ledger.owner, AT + 1e9));
    const due = async (readyAt: number) => {
      const outcome = await ledger.append(creating({ readyAt }));
      return outcome.ok ? outcome.no : 0;
    };
    const [late, early, later] = [await due(AT + 20), await due(AT + 10), await due(AT + 30)];
    assert.equal(await ledger.nextDue(AT), AT + 10);
    const first = await ledger.append(claiming(ledger.owner, AT + 20, 1));
    assert.deepEqual(
      first.map(({ no, epoch }) => [no, epoch]),
      [[early, 1]],
    );
    const rest = await ledger.append(claiming(ledger.owner, AT + 20));
    assert.deepEqual(
      rest.map(({ no }) => no),
      [late],
    );
    assert.equal(await ledger.nextDue(AT), AT + 30);
    await ledger.append(claiming(ledger.owner, AT + 30));
    assert.equal(await ledger.nextDue(AT), null);
    assert.ok(later > late);
  });

  test("LG-17 a node's new life frees what its former ones held; their writes are lost", async () => {
    const ledger = get();
    const old = { id: "node-of-two-lives", incarnation: 1 };
    const next = { ...old, incarnation: 2 };
    const on = await held(ledger, {}, old);
    const other = await held(ledger, {}, { id: "another-node", incarnation: 1 });
    await ledger.append({ op: "recover", owner: next, at: AT });
    const claimed = await ledger.append(claiming(next));
    const mine = claimed.find(({ no }) => no === on.no);
    assert.equal(mine?.epoch, 2);
    assert.ok(!claimed.some(({ no }) => no === other.no));
    assert.deepEqual(await ledger.append(driving(on)), { ok: false, why: "lost" });
    assert.deepEqual(await ledger.append(ending(on)), { ok: false, why: "lost" });
    assert.equal((await drive(ledger, { ...on, epoch: 2 })).ok, true);
    assert.equal((await drive(ledger, other)).ok, true);
  });

  test("EN-115 whom somebody told to stop or to pause is claimed apart from all others that are due", async () => {
    const ledger = get();
    const [told, signaled] = [creating(), creating()];
    for (const item of [told, signaled, creating()]) await ledger.append(item);
    await ledger.append(signaling(signaled.identity.id));
    assert.equal(await ledger.hasUrgent(), false);
    await ledger.append(signaling(told.identity.id, { kind: "cancel", body: '{"by":"usr_1"}' }));
    assert.equal(await ledger.hasUrgent(), true);
    const urgent = { ...claiming(ledger.owner), from: [], urgent: 10 };
    const ids = (await ledger.append(urgent)).map(({ id }) => id);
    assert.deepEqual(ids, [told.identity.id]);
    assert.deepEqual(await ledger.append(urgent), [], "it is held by now");
    await ledger.append(claiming(ledger.owner));
  });

  test("3.12-3 a word to an agent's open executions reaches each of them and no other", async () => {
    const ledger = get();
    const on = await held(ledger, { identity: identity({ agent: 71 }) });
    const other = await held(ledger, { identity: identity({ agent: 72 }) });
    const elsewhere = await held(ledger, { identity: identity({ agent: 71, ws: 2 }) });
    const body = '{"by":"usr_1","through":"agent"}';
    await ledger.store.write(telling({ ws: 1, no: 71 }, { kind: "pause", body, at: AT + 1 }));
    const { wake, items } = await ledger.readInbox(on.no, 0);
    assert.deepEqual(
      [wake, items.map(({ kind, body: said }) => [kind, said])],
      [1, [["pause", body]]],
    );
    for (const { no } of [other, elsewhere])
      assert.deepEqual(await ledger.readInbox(no, 0), { wake: 0, items: [] });
    const park = { wake: 0, readyAt: null };
    const missed = await drive(ledger, on, [noted()], { park });
    assert.deepEqual(missed.ok && missed.parked, false);
    await drive(ledger, on, [noted()], { consumed: items.map(({ seq }) => seq) });
  });

  test("LG-18 two that claim at once never get the same", async () => {
    const ledger = get();
    await Promise.all(Array.from({ length: 30 }, () => ledger.append(creating())));
    const owners = ["one", "two", "three"].map((id) => ({ id, incarnation: 1 }));
    const claimed = await Promise.all(
      owners.map((owner) => ledger.append(claiming(owner, AT, 12))),
    );
    const nos = claimed.flat().map(({ no }) => no);
    assert.equal(new Set(nos).size, nos.length);
    await ledger.append(claiming(ledger.owner));
  });
}
