import assert from "node:assert/strict";
import { test } from "node:test";

import { checkRules, promisesIn, testedIn } from "./check-rules.ts";

const promises = (text: string) => new Map([["docs/behaviour/engine.md", text]]);
const tests = (text: string) => new Map([["src/engine/engine.test.ts", text]]);
const INDEX = "[Engine](behaviour/engine.md)";

// Put together, so that the checker does not take the samples for tests of this file.
const named = (name: string) => ["test", `("${name}", () => {});`].join("");

test("RP-4 a promise without a test and a test without a promise are both named", () => {
  const problems = checkRules(
    promises("- **EN-1** it is kept\n- **EN-2** it is not"),
    tests(named("EN-1 it is kept") + named("3.1-5 nobody said so")),
    INDEX,
  );
  assert.deepEqual(problems, [
    "EN-2 is promised and never tested (docs/behaviour/engine.md)",
    "3.1-5 is tested and promised nowhere (src/engine/engine.test.ts)",
  ]);
});

test("RP-4 a promise stands in one place, and the index leads there", () => {
  const twice = checkRules(promises("- **L-8** a\n- **L-8** b"), tests(named("L-8 a")), "");
  assert.match(
    twice.join("\n"),
    /L-8 is promised 2 times[^]*does not link docs\/behaviour\/engine\.md/,
  );
});

test("one test may keep several promises", () => {
  assert.deepEqual(testedIn(named("3.1-1, 3.1-2 and W-3 all at once")), ["3.1-1", "3.1-2", "W-3"]);
});

test("prose about an ID is no promise", () => {
  assert.deepEqual(promisesIn("As **EN-1** says.\n- **EN-2** counts"), ["EN-2"]);
});
