import assert from "node:assert/strict";
import { test } from "node:test";

import type { Fact, FactOf } from "./facts.ts";

test("DO-17 a fact is told by its type: one that lacks what it must say does not compile", () => {
  const done: FactOf<"stepDone"> = { t: "stepDone", path: "a", ms: 1 };
  // @ts-expect-error a step that is done says which
  const nameless: Fact = { t: "stepDone", ms: 1 };
  // @ts-expect-error there is no such fact
  const unheard: Fact = { t: "stepUndone", path: "a" };
  assert.equal(new Set([done.t, nameless.t, unheard.t]).size, 2);
});
