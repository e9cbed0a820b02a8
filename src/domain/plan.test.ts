import assert from "node:assert/strict";
import { test } from "node:test";

import { CATALOGUE, entryOf, explainUnbuilt, refuseUnbuilt } from "./catalogue.ts";
import { conditionOf, parsePlan, type Plan, VERBS, walkPlan } from "./plan.ts";

const nested = {
  trigger: { type: "event", event: "email_replied" },
  steps: [
    {
      type: "search_contacts",
      params: { field: "title", operator: "contains", value: "CEO", limit: 5 },
    },
    { type: "send_email", params: { template: "Intro" }, span: { start: 3, end: 9 } },
    {
      type: "if",
      params: { not: { any: [{ field: "contact.replied", operator: "==", value: true }] } },
      then: [
        { type: "wait", params: { duration: "P5D" } },
        { type: "enrich_contact", params: { provider: "apollo" } },
      ],
      else: [{ type: "stop", params: {} }],
    },
  ],
} as const satisfies Plan;

const reasonsOf = (json: unknown): readonly string[] => {
  const parsed = parsePlan(json);
  return "error" in parsed
    ? parsed.error.details.map(({ text, reason }) => `${text}: ${reason}`)
    : [];
};

test("PL-1 a plan that plan.md allows is read as it is", () => {
  assert.deepEqual(parsePlan(nested), { plan: nested });
  assert.deepEqual(parsePlan({ steps: [{ type: "search_deals", params: {} }] }), {
    plan: { steps: [{ type: "search_deals", params: {} }] },
  });
});

test("PL-2 what is wrong with a plan is named by its place, and nothing throws", () => {
  assert.match(reasonsOf({ steps: [] }).join(), /at least one step/);
  assert.match(
    reasonsOf({ steps: [{ type: "wait", params: { duration: "P91D" } }] }).join(),
    /steps\.0\.params\.duration: A wait lasts at most 90 days/,
  );
  assert.match(reasonsOf({ steps: [{ type: "fly", params: {} }] }).join(), /steps\.0\.type/);
  assert.match(
    reasonsOf({
      steps: [{ type: "skip", params: { field: "a", operator: "exists", value: 1 } }],
    }).join(),
    /exists takes no value/,
  );
  assert.match(
    reasonsOf({ steps: [{ type: "web_search", params: { query: "x", limit: 11 } }] }).join(),
    /limit/,
  );
  for (const json of [
    null,
    7,
    "plan",
    [],
    {},
    { steps: [null] },
    { steps: [{ type: "if", params: {} }] },
  ]) {
    assert.notDeepEqual(reasonsOf(json), [], JSON.stringify(json));
  }
});

test("PL-3 a plan nested without end is refused and not read", () => {
  let condition: object = { field: "a", operator: "exists" };
  for (let depth = 0; depth < 20_000; depth++) condition = { not: condition };
  assert.match(
    reasonsOf({ steps: [{ type: "skip", params: condition }] }).join(),
    /nested too deeply/,
  );
});

test("PL-4 every planStep has a path that names its place", () => {
  assert.deepEqual(
    [...walkPlan(nested)].map(({ path, planStep }) => `${path} ${planStep.type}`),
    [
      "1 search_contacts",
      "2 send_email",
      "3 if",
      "3.then.1 wait",
      "3.then.2 enrich_contact",
      "3.else.1 stop",
    ],
  );
  assert.deepEqual(conditionOf(nested.steps[0].params), {
    field: "title",
    operator: "contains",
    value: "CEO",
  });
  assert.equal(conditionOf({ limit: 3 }), undefined);
});

test("PL-5 every verb is in the catalogue with what it takes and what a repeat does; an unbuilt one is refused by name", () => {
  assert.deepEqual(
    CATALOGUE.map(({ type }) => type),
    [...VERBS],
  );
  assert.equal(entryOf("send_email").repeat, "once");
  const unbuilt = refuseUnbuilt(nested);
  assert.deepEqual(
    unbuilt.map(({ path }) => path),
    ["3.then.2"],
  );
  assert.match(explainUnbuilt(unbuilt[0]!).reason, /"Enrich contact".*not built yet/);
});
