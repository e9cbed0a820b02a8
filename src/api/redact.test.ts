import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { ROLES } from "#contract/rights.ts";
import type { Execution, Fact } from "#contract/shapes/executions.ts";
import type { Fact as KeptFact } from "#domain/facts.ts";
import { maskAddresses } from "#domain/mask.ts";
import { collectFact, openWords } from "#search/texts.ts";
import { collectWords } from "#search/words.ts";

import { cutTexts, redactExecution, redactFact, viewOf } from "./redact.ts";

const ADDRESS = "jane.roe@acme.com";
const error = {
  code: "invalid",
  message: `Invalid email address: ${ADDRESS}`,
  step: "2",
  suggestion: `Correct ${ADDRESS}`,
  details: { to: ADDRESS },
};

const execution = {
  label: "Outreach",
  message: null,
  summary: `Mailed ${ADDRESS}`,
  waitsFor: { what: "person", text: `a reply of ${ADDRESS}`, until: null, who: null },
  error,
  steps: [
    {
      number: 1,
      status: "warning",
      params: { to: ADDRESS, body: "b".repeat(500) },
      result: { sent: [ADDRESS] },
      error,
      warnings: [{ message: `${ADDRESS} bounced`, count: 2 }],
    },
  ],
  payloads: "full",
} as unknown as Execution;

const actor = (id: string) => ({ type: "user", id, name: "N" }) as const;

test("3.13-6 owners and admins see everything, others only what they triggered", () => {
  assert.deepEqual(
    ROLES.map((role) => viewOf({ role, actor: actor("me") }, "you")),
    ["summary", "summary", "full", "full"],
  );
  assert.equal(viewOf({ role: "member", actor: actor("me") }, "me"), "own");
  assert.equal(viewOf({ role: "member", actor: actor("me") }, null), "summary");
});

test("3.13-6 a summary holds no params, no results and no address, and keeps steps, statuses and error texts", () => {
  const seen = redactExecution(execution, "summary");
  assert.ok(!JSON.stringify(seen).includes("jane"), JSON.stringify(seen));
  const [step] = seen.steps;
  assert.equal(step?.params, null);
  assert.equal(step?.result, null);
  assert.equal(step?.status, "warning");
  assert.equal(step?.error?.message, "Invalid email address: j***@acme.com");
  assert.equal(seen.payloads, "redacted");
});

test("3.13-6 who triggered the run sees params and results, an email's body cut to 100 characters", () => {
  const [step] = redactExecution(execution, "own").steps;
  const params = step?.params as { to: string; body: string };
  assert.equal(params.to, ADDRESS);
  assert.equal(params.body, `${"b".repeat(100)}…`);
  assert.deepEqual(redactExecution(execution, "full").steps, execution.steps);
});

test("3.13-6 a fact in a summary says when and where, never what was read, written or answered", () => {
  const fact: Fact = {
    position: 1,
    lane: 1,
    version: 1,
    type: "stepFailed",
    at: "2026-01-01T00:00:00.000Z",
    data: {
      t: "stepFailed",
      path: "2",
      r: { email: ADDRESS },
      item: ADDRESS,
      input: ADDRESS,
      note: ADDRESS,
      fault: error,
    },
  };
  assert.deepEqual(redactFact(fact, "summary").data, {
    t: "stepFailed",
    path: "2",
    fault: { code: "invalid", message: "Invalid email address: j***@acme.com", step: "2" },
  });
  assert.deepEqual(redactFact(fact, "full"), fact);
});

test("3.13-6 no address is left in a masked text", () => {
  fc.assert(
    fc.property(fc.emailAddress(), fc.lorem(), (address, words) => {
      const text = maskAddresses(`${words} <${address}>, ${words}`);
      assert.ok(!text.includes(address), text);
      assert.ok(text.startsWith(words) && text.endsWith(words), text);
    }),
  );
});

test("3.13-6 cutting changes nothing but long texts", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      const short = JSON.stringify(value).length <= 100;
      if (short) assert.deepEqual(cutTexts(value), value);
    }),
  );
});

const saying = fc.constantFrom(`refused by ${ADDRESS}`, "Roses for Jane", "step one", 7, null);
const faults = fc.record({
  code: fc.constant("invalid"),
  message: saying,
  details: saying,
  suggestion: saying,
  step: saying,
});
const anyFact = fc.record(
  {
    t: fc.constantFrom("created", "stepDone", "stepFailed", "signaled", "noted", "canceled"),
    ...Object.fromEntries(
      "id label target driver path name by early reason retryOf key input item r note on guards"
        .split(" ")
        .map((field) => [field, saying]),
    ),
    trigger: fc.record({ type: saying, by: saying, event: saying }),
    fault: faults,
    unheardOf: saying,
  },
  { requiredKeys: ["t"] },
);

test("SE-6 the words by which everybody finds a fact are words that everybody may read in it", () => {
  fc.assert(
    fc.property(anyFact, (fact) => {
      const words = openWords();
      collectFact(fact as unknown as KeptFact, () => ADDRESS, words);
      const shown = { position: 1, lane: 0, version: 1, type: fact.t, at: "", data: fact };
      const read = new Set(["failed", "canceled"]);
      collectWords(maskAddresses(JSON.stringify(redactFact(shown, "summary").data)), read);
      assert.deepEqual([...words.summary.difference(read)], []);
    }),
  );
});
