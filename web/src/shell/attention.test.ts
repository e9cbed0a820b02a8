import assert from "node:assert/strict";
import { test } from "node:test";

import { attentionWords } from "./attention-words.ts";

test("SF-39 the page says what a person should see to, and nothing where there is nothing", () => {
  assert.deepEqual(attentionWords({ status: "ok" }), []);
  const [held = "", clock = "", ...more] = attentionWords({
    status: "ok",
    attention: ["held", "clock"],
  });
  assert.match(held, /restored copy.*stint release/);
  assert.match(clock, /clock.*has jumped/);
  assert.deepEqual(more, []);
});
