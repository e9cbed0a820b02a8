import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { differences } from "./difference.ts";

const rows = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 12 });
const own = (text: string): string => text;

test("a difference gives back both rows, and of equal ones nothing else", () => {
  fc.assert(
    fc.property(rows, rows, (from, to) => {
      const found = differences(from, to, own);
      assert.deepEqual(
        found.flatMap((one) => ("from" in one ? [one.from] : [])),
        from,
      );
      assert.deepEqual(
        found.flatMap((one) => ("to" in one ? [one.to] : [])),
        to,
      );
      const changes = found.filter(({ is }) => is !== "same").length;
      assert.equal(changes, from.length + to.length - 2 * longestShared(from, to));
    }),
  );
});

/** By the textbook. */
function longestShared(a: readonly string[], b: readonly string[]): number {
  const [first, ...rest] = a;
  if (first === undefined) return 0;
  const at = b.indexOf(first);
  const without = longestShared(rest, b);
  return at === -1 ? without : Math.max(without, 1 + longestShared(rest, b.slice(at + 1)));
}

test("rows that have nothing in common are answered at once, however long", () => {
  const from = Array.from({ length: 20_000 }, (_, n) => `a${n}`);
  const to = Array.from({ length: 20_000 }, (_, n) => `b${n}`);
  const found = differences(from, to, own);
  assert.equal(found.length, 40_000);
});
