import assert from "node:assert/strict";
import { test } from "node:test";

import { machine } from "./machine.ts";

test("DO-1 a machine follows from its arrows: states, facts, what is final, what cannot happen", () => {
  const door = machine("shut", {
    shut: { opened: "open", removed: "gone" },
    open: { closed: "shut" },
    gone: {},
  });
  assert.deepEqual(door.states, ["shut", "open", "gone"]);
  assert.deepEqual(door.facts, ["opened", "removed", "closed"]);
  assert.deepEqual(door.states.filter(door.isFinal), ["gone"]);
  assert.equal(door.next("shut", "opened"), "open");
  assert.equal(door.next("open", "removed"), undefined);
});
