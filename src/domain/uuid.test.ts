import assert from "node:assert/strict";
import { test } from "node:test";

import { uuid } from "./uuid.ts";

test("ID-7 an id that is made later sorts later, and none is made twice", () => {
  const made = Array.from({ length: 5000 }, uuid);
  assert.deepEqual(made.toSorted(), made);
  assert.equal(new Set(made).size, made.length);
  const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  for (const id of made) assert.match(id, shape);
});
