import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import type { Line } from "#ledger/items.ts";

import { Turns, type Sharing } from "./turns.ts";

const line = (ws: number, agent = 0, begun = false): Line => ({ ws, agent, begun });
const free = (left: number): Sharing => ({
  left,
  ofWorkspace: () => Infinity,
  ofAgent: () => Infinity,
  ofLine: () => Infinity,
});
const sharesOf = (turns: Turns, lines: readonly Line[], sharing: Sharing) =>
  turns
    .shareOut(lines, sharing)
    .map(({ line: { ws, agent, begun }, most }) => [ws, agent, begun, most]);

test("EN-126 places are shared by workspaces first, then by their agents, then by what goes on and what begins", () => {
  const lines = [line(1, 1), line(1, 1, true), line(1, 2), line(2, 3)];
  assert.deepEqual(sharesOf(new Turns(), lines, free(8)), [
    [1, 1, false, 1],
    [2, 3, false, 4],
    [1, 2, false, 2],
    [1, 1, true, 1],
  ]);
});

test("EN-126 with one place at a time everybody who waits has a turn before anybody has a second", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 }), (count, left) => {
      const turns = new Turns();
      const lines = Array.from({ length: count }, (_, ws) => line(ws));
      const served: number[] = [];
      while (served.length < count)
        served.push(...sharesOf(turns, lines, free(1)).map(([ws]) => Number(ws)));
      assert.equal(new Set(served).size, count);
      const next = sharesOf(turns, lines, free(Math.min(left, count))).map(([ws]) => ws);
      assert.deepEqual(next, served.slice(0, Math.min(left, count)));
    }),
  );
});

const limits = fc.record({
  left: fc.integer({ min: 0, max: 40 }),
  workspaces: fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 3, maxLength: 3 }),
  agents: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 4 }),
  lines: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 24, maxLength: 24 }),
});

test("EN-127 nobody gets more than their limit, and no place that somebody may have is left over", () => {
  fc.assert(
    fc.property(limits, ({ left, workspaces, agents, lines: waiting }) => {
      const all = [0, 1, 2].flatMap((ws) =>
        [0, 1, 2, 3].flatMap((agent) => [line(ws, agent), line(ws, agent, true)]),
      );
      const mostOf = new Map(all.map((one, index) => [one, waiting[index] ?? 0]));
      const shares = new Turns().shareOut(all, {
        left,
        ofWorkspace: (ws) => workspaces[ws] ?? 0,
        ofAgent: (_ws, agent) => agents[agent] ?? 0,
        ofLine: (one) => mostOf.get(one) ?? 0,
      });
      const given = (fits: (one: Line) => boolean) =>
        shares.reduce((sum, share) => sum + (fits(share.line) ? share.most : 0), 0);
      assert.ok(given(() => true) <= left);
      const hasRoom = (one: Line): boolean => {
        const ofLine = (mostOf.get(one) ?? 0) - given((other) => other === one);
        const { ws, agent } = one;
        const ofAgent =
          (agents[agent] ?? 0) - given((other) => other.ws === ws && other.agent === agent);
        const ofWorkspace = (workspaces[ws] ?? 0) - given((other) => other.ws === ws);
        assert.ok(Math.min(ofLine, ofAgent, ofWorkspace) >= 0);
        return Math.min(ofLine, ofAgent, ofWorkspace) > 0;
      };
      const over = all.filter(hasRoom);
      if (given(() => true) < left) assert.deepEqual(over, []);
    }),
  );
});
