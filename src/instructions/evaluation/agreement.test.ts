import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { type Parsed, parsePlan, type Plan } from "#domain/plan.ts";

import { differences, type Expectation } from "./agreement.ts";

const VERDICTS = new URL("../../../test/instructions/verdicts.jsonl", import.meta.url);

interface Verdict {
  readonly expect: Expectation;
  readonly got: Parsed;
  readonly right: boolean;
}

const verdicts = readFileSync(VERDICTS, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Verdict);

const planOf = (json: unknown): Plan => {
  const parsed = parsePlan(json);
  assert.ok("plan" in parsed, JSON.stringify(parsed));
  return parsed.plan;
};

test("PA-180 an answer is right where the contract's own scoring says so, and nowhere else", () => {
  assert.ok(verdicts.length > 100);
  for (const { expect, got, right } of verdicts)
    assert.equal(
      differences(expect, got).length === 0,
      right,
      `${JSON.stringify(expect)}\n${JSON.stringify(got)}`,
    );
});

test("PA-181 what differs is named by its path", () => {
  const search = {
    type: "search_contacts",
    params: { field: "city", operator: "==", value: "Oslo" },
  };
  const email = (template: string) => ({ type: "send_email", params: { template } });
  const branch = (template: string) => ({
    type: "if",
    params: { field: "contact.replied", operator: "==", value: true },
    then: [email("A"), email(template)],
  });
  const expected = planOf({ steps: [search, branch("B")] });
  assert.deepEqual(differences(expected, { plan: planOf({ steps: [search, branch("C")] }) }), [
    'steps[1].then[1].template: expected "B", got "C"',
  ]);
  assert.deepEqual(
    differences(expected, {
      plan: planOf({
        trigger: { type: "schedule", cron: "0 9 * * *" },
        steps: [{ ...search, params: { ...search.params, limit: 3 } }, branch("B")],
      }),
    }),
    ["trigger: expected none, got schedule 0 9 * * *", "steps[0].limit: expected none, got 3"],
  );
  assert.deepEqual(differences(expected, { plan: planOf({ steps: [search] }) }), [
    "steps: expected 2 (search_contacts, if), got 1 (search_contacts)",
  ]);
});
