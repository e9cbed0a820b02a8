import assert from "node:assert/strict";
import { test } from "node:test";

import { placesOf } from "./agents.ts";

test("CL-70 a workspace gets half of the places and an agent a quarter, unless it is said", () => {
  assert.deepEqual(placesOf({}), { all: 1000, workspace: 500, agent: 250 });
  assert.deepEqual(placesOf({ all: 1 }), { all: 1, workspace: 1, agent: 1 });
  assert.deepEqual(placesOf({ all: 40, agent: 5 }), { all: 40, workspace: 20, agent: 5 });
});
