import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import type { Condition } from "#domain/plan.ts";

import { parseOffline } from "../offline.ts";
import { means, planOrRefusal } from "./testing-plans.ts";

test(
  "PA-250 a sign before a tag puts it on or takes it off, and a dash never adds one",
  means({
    "Send 'A' → -tag cold → send 'B'": "Send 'A'. Remove the tag cold. Send 'B'",
    "Send 'A'; +tag hot; send 'B'": "Send 'A'. Add the tag hot. Send 'B'",
    "Send 'A'; rm tag cold; send 'B'": "Send 'A'. Remove the tag cold. Send 'B'",
    "Send 'A'; tags: -open, +dq; stop": "Send 'A'. Remove the tag open. Add the tag dq. Stop",
    "+tag hot -tag cold": "Add the tag hot. Remove the tag cold",
    "Send 'A'; +hot; -cold": "Send 'A'. Add the tag hot. Remove the tag cold",
    "- tag hot\n- send 'A'": "Tag them hot. Send 'A'",
  }),
);

test(
  "PA-251 & is and, between values, comparisons and clauses, and stays inside a name",
  means({
    "If opened & no reply: send 'B'": "If they opened the email and did not reply, send 'B'",
    "Find deals where value is between $5,000 & $15,000":
      "Find deals where value is between $5,000 and $15,000",
    "Find contacts tagged A & B": "Find contacts tagged A and B",
    "Add the tags Customer & Onboarding": "Add the tags Customer and Onboarding",
    "deals stage=negotiation & value>75k → notify @user.rep":
      "Find deals where stage is negotiation and value is over 75k. Notify @user.rep",
    "contact updated & status = SQL → stop": "When a contact is updated and status is SQL, stop",
    "contacts in Oslo & Bergen → stop": "Find contacts in Oslo and Bergen. Stop",
    "contacts in Oslo/Bergen → stop": "Find contacts in Oslo or Bergen. Stop",
    "If opened | replied → stop": "If they opened the email or replied, stop",
    "Find contacts at Johnson & Johnson": "Find contacts where company name is 'Johnson & Johnson'",
  }),
);

test(
  "PA-252 a possessive without its apostrophe names the same field",
  means({
    "Set the contacts status to Active": "Set the contact's status to Active",
    "set the deals value to $5k": "set the deal's value to $5k",
    "Change the companys industry to Robotics": "Change the company's industry to Robotics",
    "Set the deals custom field 'risk' to 'high'": "Set the deal's custom field 'risk' to 'high'",
    "If the contacts status is Customer, stop": "If the contact's status is Customer, stop",
  }),
);

test(
  "PA-253 money may have its millions in small letters where it is money, and minutes stay minutes",
  means({
    "Find deals worth >= $1.5m": "Find deals worth >= 1500000",
    "Find companies with revenue>10m": "Find companies with revenue over 10000000",
    "Wait 10m": "Wait 10 minutes",
  }),
);

test(
  "PA-254 an arrow or a colon stands between a field and its value, and between a verb and whom it is for",
  means({
    "Send 'A' → status → Active → send 'B'": "Send 'A'. Set the status to Active. Send 'B'",
    "Send 'A'; contact status: Active; send 'B'":
      "Send 'A'. Set the contact's status to Active. Send 'B'",
    "Send 'A' → move deal → Demo → stop": "Send 'A'. Move the deal to Demo. Stop",
    "Send 'A' → notify → @user.rep → stop": "Send 'A'. Notify @user.rep. Stop",
    "Send 'A' → handoff → Ann → stop": "Send 'A'. Hand off to Ann. Stop",
    "Send 'A' → handoff to Ann (2h timeout) → stop":
      "Send 'A'. Hand off to Ann with a 2 hour timeout. Stop",
    "Alert @user.rep (msg: 'Hi')": "Alert @user.rep with the message 'Hi'",
    "Send 'A' → email → 'B' → stop": "Send 'A'. Send the 'B' email. Stop",
    "Send 'A' → task → call Ann → stop": "Send 'A'. Create a task: call Ann. Stop",
    "Task: call Ann (due 2d)": "Task: call Ann, due 2d",
    "TRIGGER: deal stage → Demo | ACTION: send 'A'": "When a deal moves to Demo, send 'A'",
  }),
);

test(
  "PA-255 a search in notes is never taken for a change of a field",
  means({
    "contacts where city = Oslo: send 'X'": "Find contacts where city is Oslo. Send 'X'",
    "get deals stage=Demo; notify @user.rep": "Find deals where stage is Demo. Notify @user.rep",
    "deals stage=Demo → notify @user.rep": "Find deals where stage is Demo. Notify @user.rep",
    "contacts (tag: hot) → send 'X'": "Find contacts tagged hot. Send 'X'",
    "contacts created >30d ago → send 'X'": "Find contacts created more than 30 days ago. Send 'X'",
    "contacts with no reply → send 'X'": "Find contacts who did not reply. Send 'X'",
  }),
);

test('PA-256 a name in small letters is a name, and a purpose behind "to" is none', () => {
  const step = (text: string) => (planOrRefusal(text) as { steps: readonly unknown[] }).steps[0];
  const handoff = (params: object) => ({ type: "handoff", params });
  assert.deepEqual(
    step("hand off to ann because they asked for pricing"),
    handoff({ to: "ann", reason: "they asked for pricing" }),
  );
  assert.deepEqual(step("pass this contact to marcus"), handoff({ to: "marcus" }));
  assert.deepEqual(step("hand off to negotiate pricing"), handoff({ reason: "negotiate pricing" }));
  const notify = { type: "notify", params: { to: "dana", message: "Hi" } };
  assert.deepEqual(step("notify dana: 'Hi'"), notify);
  assert.deepEqual((planOrRefusal("notify dana and marcus: 'Hi'") as { steps: object[] }).steps, [
    notify,
    { type: "notify", params: { to: "marcus", message: "Hi" } },
  ]);
});

test("PA-257 what a machine would have to do, and what nobody can book, is refused", () => {
  for (const text of [
    "Call them with our AI agent",
    "dial them with the power dialer",
    "If they replied, call them with the AI voice agent, otherwise send 'X'",
    "Book a flight to Boston",
    "Book a hotel for them",
  ])
    assert.ok(Object.hasOwn(planOrRefusal(text), "refused"), text);
});

/** Comparisons in words, with the field that each asks. */
const ASKED: Readonly<Record<string, string>> = {
  "they replied": "contact.replied",
  "opened the email": "contact.openedEmail",
  "the contact's status is New": "contact.status",
  "the contact is tagged 'VIP'": "contact.tags",
  "the deal's value is over 5k": "deal.value",
  "memory.touches is over 7": "memory.touches",
  "form.budget <= 5": "form.budget",
  "search.results does not contain 'demo'": "search.results",
  "the search found something": "search.results",
  "their phone number is missing": "contact.phone",
  "the contact was not contacted in 7 days": "contact.lastContactedAt",
  "company.industry = Logistics": "company.industry",
};
const NONSENSE = ["polish the trophies", "the moon is made of cheese they say", "whistle twice"];

function fieldsOf(condition: Condition): readonly string[] {
  if ("field" in condition) return [condition.field];
  if ("not" in condition) return fieldsOf(condition.not);
  return ("all" in condition ? condition.all : condition.any).flatMap(fieldsOf);
}

/** The fields that the ifs of a text ask before it stops. */
function askedBy(text: string): readonly string[] | "refused" {
  const parsed = parseOffline(text);
  if ("error" in parsed) return "refused";
  const asked: string[] = [];
  let steps = parsed.plan.steps;
  for (let [step] = steps; step?.type === "if"; [step] = steps) {
    asked.push(...fieldsOf(step.params));
    steps = step.then;
  }
  return asked;
}

test("PA-258 whatever stands behind a joint in a condition is asked too, or the whole is refused", () => {
  const said = fc.array(fc.constantFrom(...Object.keys(ASKED)), { minLength: 1, maxLength: 3 });
  const joint = fc.constantFrom(" and ", " or ", " & ", ", and ", " but ");
  fc.assert(
    fc.property(said, joint, (parts, link) => {
      const text = `If ${parts.join(link)}, stop.`;
      const asked = askedBy(text);
      const all = parts.map((part) => ASKED[part]).toSorted();
      if (asked !== "refused") assert.deepEqual([...asked].toSorted(), all, text);
    }),
    { numRuns: 200 },
  );
  fc.assert(
    fc.property(said, joint, fc.constantFrom(...NONSENSE), (parts, link, nonsense) => {
      assert.equal(askedBy(`If ${[...parts, nonsense].join(link)}, stop.`), "refused");
      assert.equal(askedBy(`If ${[nonsense, ...parts].join(link)}, stop.`), "refused");
    }),
    { numRuns: 100 },
  );
});
