import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { invocationIds } from "#domain/id.ts";

import { isMeant } from "./desk.ts";

test("CL-83 an id is meant by its beginning, with its prefix or without, and by its end", () => {
  const id = "inv_0199c2a7-1b2c-7d3e-8f40-5a6b7c8d9e0f";
  for (const given of ["inv_0199", "0199c2", "9e0f", id, id.slice(4)])
    assert.ok(isMeant(id, given), given);
  for (const given of ["", "c2a7", "run_0199", "0199c2-", "x"])
    assert.ok(!isMeant(id, given), given);
});

test("CL-83 whatever beginning or end of an id is typed, it is meant", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 36 }), (length) => {
      const id = invocationIds.create();
      assert.ok(isMeant(id, id.slice(0, length + 4)));
      assert.ok(isMeant(id, id.slice(4, 4 + length)));
      assert.ok(isMeant(id, id.slice(-length)));
    }),
  );
});
