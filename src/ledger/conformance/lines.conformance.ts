/** Lines of workspaces and agents, and starts at a rate. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { AT, creating, drive, type Get, held, identity, noted, signaling } from "../testing.ts";

export function lines(get: Get): void {
  const queue = async (ws: number, agent: number, count: number, readyAt = AT) => {
    const all = Array.from({ length: count }, () =>
      creating({ identity: identity({ ws, agent }), readyAt }),
    );
    await Promise.all(all.map((item) => get().append(item)));
    return all.map((item) => item.identity.id);
  };
  const line = (ws: number, agent: number, begun = false) => ({ ws, agent, begun });

  test("EN-120 whoever is due stands in a line of its workspace, agent and whether it began", async () => {
    const ledger = get();
    await queue(500, 51, 5);
    await queue(500, 52, 1, AT + 1);
    await queue(501, 0, 2);
    await queue(502, 53, 1, AT + 99);
    const parked = await held(ledger, { identity: identity({ ws: 500, agent: 51 }) });
    await drive(ledger, parked, [noted()], { park: { wake: 0, readyAt: AT + 1 } });
    const due = (await ledger.dueLines(AT + 1)).filter(({ ws }) => ws >= 500);
    assert.deepEqual(due, [line(500, 51, true), line(500, 51), line(500, 52), line(501, 0)]);
    const oldest = await ledger.linesOfOldest(AT + 1, 10_000);
    const counts = oldest.filter(({ ws }) => ws >= 500).map(({ n }) => n);
    assert.deepEqual(counts.toSorted(), [1, 1, 2, 5]);
    const few = await ledger.linesOfOldest(AT + 1, 3);
    assert.equal(
      few.reduce((sum, { n }) => sum + n, 0),
      3,
    );
  });

  test("EN-121 a claim takes its share of each line, and nothing of others", async () => {
    const ledger = get();
    const first = await queue(510, 61, 3);
    await queue(510, 62, 3);
    const from = [
      { ...line(510, 61), most: 2 },
      { ...line(510, 61, true), most: 5 },
      { ...line(510, 62), most: 1 },
    ];
    const claimed = await ledger.append({ op: "claim", owner: ledger.owner, at: AT, from });
    assert.deepEqual(
      claimed.map(({ agent }) => Number(agent)),
      [61, 61, 62],
    );
    assert.ok(claimed.slice(0, 2).every(({ id }) => first.includes(id)));
  });

  test("EN-122 starts at a rate are counted by the claim, and none is claimed beyond it", async () => {
    const ledger = get();
    await queue(520, 71, 10);
    const rate = { most: 3, perMs: 60_000 };
    const claimAt = async (at: number) => {
      const from = [{ ...line(520, 71), most: 5, rate }];
      return (await ledger.append({ op: "claim", owner: ledger.owner, at, from })).length;
    };
    assert.deepEqual([await claimAt(AT), await claimAt(AT + 30_000)], [3, 0]);
    assert.deepEqual(await ledger.starts(71, 0), [{ part: AT / 1000, n: 3 }]);
    assert.deepEqual([await claimAt(AT + 60_999), await claimAt(AT + 61_000)], [0, 3]);
    assert.equal((await ledger.starts(71, 0)).length, 1);
  });

  test("EN-123 what is signaled keeps its place; what is canceled before it began stands in line no more", async () => {
    const ledger = get();
    const [first, second, third] = await queue(530, 81, 3);
    await ledger.append(signaling(first ?? "", { at: AT + 50 }));
    await ledger.append(signaling(third ?? "", { kind: "cancel", at: AT + 50 }));
    const claimOne = async (begun: boolean) => {
      const from = [{ ...line(530, 81, begun), most: 1 }];
      const item = { op: "claim", owner: ledger.owner, at: AT + 50, from } as const;
      return (await ledger.append(item)).map(({ id }) => id);
    };
    assert.deepEqual(await claimOne(true), [third]);
    assert.deepEqual(await claimOne(false), [first]);
    assert.deepEqual(await claimOne(false), [second]);
  });
}
