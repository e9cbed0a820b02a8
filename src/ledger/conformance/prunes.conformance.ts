/** What every ledger promises about executions that leave it. */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Prunable, PruneOutcome } from "../items.ts";
import type { Ledger } from "../ledger.ts";
import { AT, creating, drive, ending, held, identity, noted, type Held } from "../testing.ts";

const DAY = Math.floor((AT + 60_000) / 86_400_000);
const of = ({ no }: Pick<Held, "no">): Prunable => ({ no, day: DAY });

const pruning = (ledger: Ledger, executions: readonly Prunable[], most = 1000) =>
  ledger.append({ op: "prune", executions, most });

async function ended(ledger: Ledger, ws = 1): Promise<Held> {
  const on = await held(ledger, { identity: identity({ ws }) });
  await drive(ledger, on, [noted()], { consumed: [] });
  await ledger.append(ending(on));
  return on;
}

async function counted({ store }: Ledger, ws: number): Promise<readonly [number, number]> {
  const all = await store.db.selectFrom("rollups").selectAll().where("ws", "=", ws).execute();
  const base = await store.db.selectFrom("rollup_base").selectAll().where("ws", "=", ws).execute();
  const sum = (rows: readonly { n: number; span: string }[]): number =>
    rows.filter(({ span }) => span === "d").reduce((total, { n }) => total + Number(n), 0);
  return [sum(all), sum(base)];
}

/** Durations and totals by day: of all that ended, or of what was pruned. */
async function saidIn(
  { store }: Ledger,
  ws: number,
  [sketches, totals]: readonly ["sketches", "totals"] | readonly ["sketch_base", "total_base"],
): Promise<readonly string[]> {
  const durations = store.db.selectFrom(sketches).select("counts").where("ws", "=", ws);
  const named = store.db.selectFrom(totals).select(["name", "n"]).where("ws", "=", ws);
  return [
    ...(await durations.where("span", "=", "d").execute()).map(({ counts }) => [...counts].join()),
    ...(await named.where("span", "=", "d").orderBy("name").execute()).map(
      ({ name, n }) => `${name} ${n}`,
    ),
  ];
}

export function prunes(get: () => Ledger): void {
  test("LG-50 what is pruned leaves nothing but its sums, which are those it had", async () => {
    const ledger = get();
    const command = { key: "pruned", answer: "prg_pruned" };
    const on = await held(ledger, { identity: identity({ ws: 50 }), command });
    const payloads = [{ part: 0, subject: "con_1", body: '"hello"' }];
    await drive(ledger, on, [noted()], { payloads });
    await ledger.append(ending(on));
    const stays = await ended(ledger, 50);
    assert.deepEqual(await pruning(ledger, [of(on)]), { pruned: 1, isLeft: false });
    assert.equal(await ledger.find(on.identity.id), undefined);
    assert.deepEqual(await ledger.read(on.no, 0), []);
    assert.equal((await ledger.readPayloads(on.no, 0)).size, 0);
    assert.deepEqual(await counted(ledger, 50), [2, 1]);
    assert.equal((await ledger.append(creating({ command }))).ok, true, "its command is free");
    assert.notEqual(await ledger.find(stays.identity.id), undefined);
  });

  test("LG-50 how long it took, what it did and what it spent stay in the sums too", async () => {
    const ledger = get();
    const on = await held(ledger, { identity: identity({ ws: 51 }) });
    const { ended: row } = ending(on);
    assert.ok(row);
    const tokens = { input: 3, cacheRead: 0, cacheWrite: 0, output: 4 };
    const spending = { cost: 7_000_000_000, unknown: 1, tokens };
    const figures = JSON.stringify({ emailsSent: 2 });
    await ledger.append(ending(on, { ended: { ...row, figures, spending } }));
    const [durations, ...totals] = await saidIn(ledger, 51, ["sketches", "totals"]);
    assert.deepEqual(totals, [
      "emailsSent 2",
      "spent.cost 7000000000",
      "spent.input 3",
      "spent.output 4",
      "spent.unknown 1",
    ]);
    assert.equal((await pruning(ledger, [of(on)])).pruned, 1);
    const base = ["sketch_base", "total_base"] as const;
    assert.deepEqual(await saidIn(ledger, 51, base), [durations, ...totals]);
    const next = await ended(ledger, 51);
    assert.equal((await pruning(ledger, [of(next)])).pruned, 1);
    assert.deepEqual(
      await saidIn(ledger, 51, base),
      await saidIn(ledger, 51, ["sketches", "totals"]),
    );
  });

  test("LG-51 numbers and positions are never used again, also when the newest were pruned", async () => {
    const ledger = get();
    const newest = await ended(ledger);
    const head = await ledger.head();
    await pruning(ledger, [of(newest)]);
    assert.equal(await ledger.head(), head);
    const next = await ledger.append(creating());
    assert.ok(next.ok);
    assert.ok(next.no > newest.no);
    assert.ok(next.position > head);
  });

  test("LG-52 what is open or gone already is passed over", async () => {
    const ledger = get();
    const open = await held(ledger);
    const gone = await ended(ledger);
    assert.deepEqual(await pruning(ledger, [of(open), of(gone)]), { pruned: 1, isLeft: false });
    const before = await counted(ledger, 1);
    assert.deepEqual(await pruning(ledger, [of(open), of(gone)]), { pruned: 0, isLeft: false });
    assert.deepEqual(await counted(ledger, 1), before);
    assert.equal((await drive(ledger, open)).ok, true);
  });

  test("LG-54 a child stays until its parent has put its end on record", async () => {
    const ledger = get();
    const parent = await held(ledger);
    const child = await held(ledger, { identity: identity({ parentNo: parent.no }) });
    const body = JSON.stringify({ path: "child", id: child.identity.id, state: "completed" });
    await ledger.append(ending(child, { notify: { no: parent.no, lane: 0, body } }));
    assert.equal((await pruning(ledger, [of(child)])).pruned, 0);
    const { items } = await ledger.readInbox(parent.no, 0);
    await drive(ledger, parent, [noted()], { consumed: items.map(({ seq }) => seq) });
    assert.equal((await pruning(ledger, [of(child)])).pruned, 1);
  });

  test("LG-58 erasing empties a person's payloads and tells their open journeys to end, in their workspace alone", async () => {
    const ledger = get();
    const subject = "con_58";
    const payloads = [{ part: 0, subject, body: '"words"' }];
    const there = await held(ledger);
    const on = await held(ledger, { identity: identity({ ws: 58 }) });
    for (const one of [on, there]) await drive(ledger, one, [noted()], { payloads });
    const data = JSON.stringify([{ t: "laneOpened", name: "n", entity: subject }]);
    const opened = [{ lane: 1, entity: subject, at: AT, count: 1, data }];
    await drive(ledger, on, [noted()], { opened });
    const erasing = { op: "erase", ws: 58, subject, agents: [0], by: "usr_1", at: AT } as const;
    assert.deepEqual(await ledger.append({ ...erasing, reason: "asked for" }), {
      ok: true,
      payloads: 1,
      keys: 0,
      executions: [on.no],
      lanes: [{ no: on.no, lane: 1 }],
    });
    assert.deepEqual([...(await ledger.readPayloads(on.no, 0)).values()], [undefined]);
    assert.deepEqual([...(await ledger.readPayloads(there.no, 0)).values()], ["words"]);
    const { items } = await ledger.readInbox(on.no, 1);
    assert.deepEqual(
      items.map(({ kind, body }) => [kind, JSON.parse(body)]),
      [["cancel", { by: "usr_1", reason: "asked for" }]],
    );
  });

  test("LG-53 a large one is gone at once, and deleted so many rows at a time", async () => {
    const ledger = get();
    const large = await held(ledger);
    for (let i = 0; i < 20; i += 1) await drive(ledger, large);
    await ledger.append(ending(large));
    let outcome: PruneOutcome = await pruning(ledger, [of(large)], 5);
    assert.deepEqual(outcome, { pruned: 1, isLeft: true });
    assert.equal(await ledger.find(large.identity.id), undefined);
    assert.equal((await ledger.read(large.no, 0)).length, 22 - 5);
    while (outcome.isLeft) outcome = await pruning(ledger, [], 5);
    assert.deepEqual(await ledger.read(large.no, 0), []);
  });
}
