/** Children, ends and what they add up to. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { addEncoded, type Sketch } from "#domain/sketch.ts";

import { AT, creating, drive, ending, type Get, held, identity, noted } from "../testing.ts";

export function ends(get: Get): void {
  test("LG-21 children are born in their parent's append, and their end is in its inbox with theirs", async () => {
    const ledger = get();
    const parent = await held(ledger);
    const child = creating({ identity: identity({ parentNo: parent.no }), owner: ledger.owner });
    await drive(ledger, parent, [noted()], { children: [child] });
    const found = await ledger.find(child.identity.id);
    const of = { no: found?.no ?? 0, lane: 0, epoch: 1, version: 1, identity: child.identity };
    await ledger.append(ending(of, { notify: { no: parent.no, lane: 0, body: '{"path":"c"}' } }));
    const { wake, items } = await ledger.readInbox(parent.no, 0);
    assert.deepEqual([wake, items.map(({ kind }) => kind)], [1, ["child"]]);
  });

  test("LG-22 what ends leaves the open ones, gives its guards back and is found among the ended", async () => {
    const ledger = get();
    const on = await held(ledger, { guards: ["g:end"] });
    await ledger.append(ending(on, { release: ["g:end"] }));
    const found = await ledger.find(on.identity.id);
    assert.deepEqual({ ...found }, { no: on.no, ws: 1, state: "completed", ended: true });
    assert.equal((await ledger.append(creating({ guards: ["g:end"] }))).ok, true);
    assert.deepEqual(await ledger.append(ending(on)), { ok: false, why: "lost" });
  });

  test("LG-23 roll-ups are the sum of what the ended ones contributed", async () => {
    const ledger = get();
    const of = { ws: 77, agent: 5 };
    const all = await Promise.all(
      Array.from({ length: 10 }, () => held(ledger, { identity: identity(of) })),
    );
    await Promise.all(
      all.map((on, index) =>
        ledger.append(
          ending(on, { state: index < 7 ? "completed" : "failed", at: AT + (index + 1) * 1_000 }),
        ),
      ),
    );
    const rows = await ledger.store.db
      .selectFrom("rollups")
      .select(["state", "span", "n", "duration_ms", "steps"])
      .where("ws", "=", 77)
      .orderBy("span")
      .orderBy("state")
      .execute();
    assert.deepEqual(
      rows.map((row) => [row.span, row.state, Number(row.n), Number(row.duration_ms)]),
      [
        ["d", "completed", 7, 28_000],
        ["d", "failed", 3, 27_000],
        ["h", "completed", 7, 28_000],
        ["h", "failed", 3, 27_000],
      ],
    );
    const sketches = await ledger.store.db
      .selectFrom("sketches")
      .select("counts")
      .where("ws", "=", 77)
      .execute();
    const durations: Sketch = [];
    for (const { counts } of sketches) addEncoded(durations, counts);
    assert.equal(
      durations.reduce((sum, n) => sum + n, 0),
      20,
    );
  });
}
