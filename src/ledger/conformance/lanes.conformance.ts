/** Lanes: streams of their own, held through lane 0. */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Claimed, ClaimLanesItem } from "../items.ts";
import {
  AT,
  claiming,
  drive,
  ending,
  type Get,
  held,
  type Held,
  noted,
  signaling,
} from "../testing.ts";

export function lanes(get: Get): void {
  const opened = (lane: number, at = AT) => ({
    lane,
    entity: `con_${lane}`,
    at,
    count: 1,
    data: JSON.stringify([{ t: "laneOpened", name: "contact", entity: `con_${lane}`, item: lane }]),
  });
  async function claimLanes(
    { no, epoch }: Pick<Held, "no" | "epoch">,
    first: number,
    last: number,
    more: Partial<ClaimLanesItem> = {},
  ): Promise<readonly Claimed[]> {
    const { owner } = get();
    const item = { op: "claimLanes", no, epoch, first, last, owner, at: AT, ...more } as const;
    const outcome = await get().append(item);
    assert.ok(outcome.ok);
    return outcome.lanes;
  }

  test("LG-19 lanes are streams of their own, claimed by who holds the execution, in their range", async () => {
    const ledger = get();
    const on = await held(ledger);
    await drive(ledger, on, [noted()], { opened: [opened(1), opened(2), opened(3)] });
    const open = async (first: number, last: number) => ({
      ...(await ledger.openLanes(on.no, first, last)),
    });
    assert.deepEqual(await open(1, 3), { count: 3, due: AT, held: 0, opened: 3 });
    const two = await claimLanes(on, 2, 3);
    assert.deepEqual(two.map(({ lane, epoch }) => [lane, epoch]).toSorted(), [
      [2, 1],
      [3, 1],
    ]);
    const lane = { ...on, lane: 2, version: 1, epoch: 1 };
    await drive(ledger, lane, [noted("in lane")], { planStep: "s1" });
    await ledger.append(ending(lane));
    assert.deepEqual(await open(1, 3), { count: 2, due: AT, held: 1, opened: 3 });
    assert.deepEqual(await open(2, 3), { count: 1, due: null, held: 1, opened: 2 });
    const lasts = await ledger.lastOfLanes(on.no);
    assert.deepEqual(
      lasts.map(({ lane: of, facts }) => [of, facts.at(-1)?.t]),
      [
        [1, "laneOpened"],
        [2, "completed"],
        [3, "laneOpened"],
      ],
    );
    const journeys = await ledger.store.db
      .selectFrom("journeys")
      .select(["lane", "state", "plan_step", "entity"])
      .where("no", "=", on.no)
      .orderBy("lane")
      .execute();
    assert.deepEqual(
      { ...journeys[1] },
      {
        lane: 2,
        state: "completed",
        plan_step: "s1",
        entity: "con_2",
      },
    );
    assert.equal((await claimLanes(on, 1, 99, { all: true })).length, 1);
  });

  test("LG-27 who does not hold an execution gets none of its lanes", async () => {
    const ledger = get();
    const on = await held(ledger);
    const facts = { at: 0, count: 1, data: "[]" };
    await drive(ledger, on, [noted()], { opened: [{ ...facts, lane: 1, entity: null }] });
    const { no, epoch } = on;
    const owner = { id: "another", incarnation: 1 };
    const lane = { op: "claimLanes", no, epoch, first: 1, last: 1, at: AT } as const;
    const lost = { ok: false, why: "lost" };
    assert.deepEqual(await ledger.append({ ...lane, owner }), lost);
    assert.deepEqual(await ledger.append({ ...lane, owner: ledger.owner, epoch: 2 }), lost);
  });

  test("LG-28 a claim is given back by who holds it, for a later look", async () => {
    const ledger = get();
    const on = await held(ledger);
    const given = { op: "release", no: on.no, readyAt: AT + 10 } as const;
    const another = { id: "another", incarnation: 1 };
    assert.equal(await ledger.append({ ...given, owner: another }), false);
    assert.equal(await ledger.append({ ...given, owner: ledger.owner }), true);
    assert.deepEqual(await ledger.append(claiming(ledger.owner, AT)), []);
    const [again] = await ledger.append(claiming(ledger.owner, AT + 10));
    assert.deepEqual([again?.no, again?.epoch], [on.no, 2]);
    assert.deepEqual(await drive(ledger, on), { ok: false, why: "lost" });
  });

  test("LG-29 who says that none of its lanes is in memory gets those that it holds, too", async () => {
    const ledger = get();
    const on = await held(ledger);
    await drive(ledger, on, [noted()], { opened: [opened(1)] });
    assert.equal((await claimLanes(on, 1, 1)).length, 1);
    assert.equal((await claimLanes(on, 1, 1)).length, 0);
    assert.equal((await claimLanes(on, 1, 1, { held: true }))[0]?.epoch, 2);
    const lane = { ...on, lane: 1, version: 1, epoch: 2 };
    await drive(ledger, lane, [noted()], { park: { wake: 0, readyAt: AT + 10 } });
    assert.equal((await claimLanes(on, 1, 1, { held: true })).length, 0, "it is not due");
  });

  test("LG-20 a lane is woken through lane 0, which is what others claim", async () => {
    const ledger = get();
    const on = await held(ledger);
    await drive(ledger, on, [noted()], { opened: [opened(1)] });
    await claimLanes(on, 1, 1);
    const lane = { ...on, lane: 1, version: 1, epoch: 1 };
    const park = { wake: 0, readyAt: null };
    await drive(ledger, lane, [noted()], { park });
    await drive(ledger, on, [noted()], { park });
    assert.equal((await ledger.append(claiming(ledger.owner))).length, 0);
    await ledger.append(signaling(on.identity.id, { lane: 1 }));
    const [again] = await ledger.append(claiming(ledger.owner));
    assert.equal(again?.no, on.no);
    assert.equal((await claimLanes({ ...on, epoch: 2 }, 1, 1))[0]?.lane, 1);
    assert.equal((await ledger.readInbox(on.no, 1)).items.length, 1);
    const none = await ledger.append(signaling(on.identity.id, { lane: 7 }));
    assert.deepEqual(none, { ok: false, why: "ended" });
  });
}
