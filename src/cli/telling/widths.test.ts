import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { cut, padEnd, widthOf } from "./widths.ts";

test("CL-72 a line is measured in columns: a wide letter takes two, a composed one no more than it shows", () => {
  assert.equal(widthOf("plain"), 5);
  assert.equal(widthOf("日本"), 4);
  assert.equal(widthOf("e\u0301"), 1);
  assert.equal(widthOf("👩‍👩‍👧 ok"), 5);
  assert.equal(cut("日本語です", 6), "日本…");
  assert.equal(cut("enough", 6), "enough");
  assert.equal(padEnd("日本", 6), "日本  ");
});

test("CL-72 whatever is cut fits, and is cut only where it must be", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat(40), (text, columns) => {
      const kept = cut(text, columns);
      assert.ok(widthOf(kept) <= columns);
      if (widthOf(text) <= columns) assert.equal(kept, text);
    }),
  );
});
