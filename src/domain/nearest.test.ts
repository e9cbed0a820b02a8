import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { countSlips, nearest } from "./nearest.ts";

const NAMES = ["Welcome", "Outbound v2", "Follow-Up 1", "Über uns", "QBR"];

test("VA-1 the nearest name is the one with the fewest slips, else one that begins alike", () => {
  const meant = (name: string): string | undefined => nearest(name, NAMES);
  assert.deepEqual(["welcom", "Wlecome", "WELCOME!", "Outbound", "Outbuond V2"].map(meant), [
    "Welcome",
    "Welcome",
    "Welcome",
    "Outbound v2",
    "Outbound v2",
  ]);
  assert.deepEqual(["follow up", "uber uns", "QBRs"].map(meant), [
    "Follow-Up 1",
    "Über uns",
    "QBR",
  ]);
});

test("VA-2 where no name is near none is named", () => {
  for (const name of ["", "x", "Renewal notice", "out", "W", "e"]) {
    assert.equal(nearest(name, NAMES), undefined, name);
  }
  assert.equal(nearest("Welcome", []), undefined);
});

test("VA-3 slips are counted alike both ways, none between equals, and never beyond the limit", () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(word, word, fc.integer({ min: 1, max: 6 }), (a, b, limit) => {
      assert.equal(countSlips(a, b, limit), countSlips(b, a, limit));
      assert.equal(countSlips(a, a, limit), 0);
      assert.ok(countSlips(a, b, limit) <= limit);
      if (a !== b) assert.ok(countSlips(a, b, limit) >= 1);
    }),
  );
  const near = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 7 });
  fc.assert(
    fc.property(near, near, fc.integer({ min: 1, max: 9 }), (a, b, limit) => {
      assert.equal(countSlips(a, b, limit), Math.min(slipsByDefinition(a, b), limit));
    }),
  );
});

/** Without a limit, band or memory. */
function slipsByDefinition(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const [x, y] = [a.slice(0, -1), b.slice(0, -1)];
  const isSwap = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  return Math.min(
    slipsByDefinition(x, b) + 1,
    slipsByDefinition(a, y) + 1,
    slipsByDefinition(x, y) + (a.at(-1) === b.at(-1) ? 0 : 1),
    isSwap ? slipsByDefinition(x.slice(0, -1), y.slice(0, -1)) + 1 : Infinity,
  );
}
