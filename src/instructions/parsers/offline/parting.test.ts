import assert from "node:assert/strict";
import { test } from "node:test";

import { type PlanStep, withoutSpan } from "#domain/plan.ts";

import { parseOffline } from "../offline.ts";
import { assertMeans } from "./testing-plans.ts";

function stepsOf(text: string): readonly PlanStep[] {
  const parsed = parseOffline(text);
  assert.ok("plan" in parsed, `${text}: ${JSON.stringify(parsed)}`);
  return parsed.plan.steps;
}

const typesOf = (text: string): string =>
  stepsOf(text)
    .map(({ type }) => type)
    .join(" ");

function assertRefused(text: string, named: string): void {
  const parsed = parseOffline(text);
  assert.ok("error" in parsed, `${text}: ${JSON.stringify(parsed)}`);
  assert.ok(
    parsed.error.details.some((detail) => detail.text.includes(named)),
    `${text}: ${JSON.stringify(parsed.error.details)}`,
  );
}

test("PA-260 what stands behind ', then' is no part of a task's title", () => {
  assertRefused("Call @contact.firstName, then polish the trophies.", "polish the trophies");
  assertRefused("Create a task to call Ann and then polish the trophies.", "polish the trophies");
  assert.equal(typesOf("Book a demo with Ann, then tag them A."), "create_task add_tag");
  const [branch] = stepsOf("If they replied then hand off to @user.ae for a demo ELSE tag A");
  assert.ok(branch?.type === "if");
  assert.deepEqual(
    branch.else?.map(({ type }) => type),
    ["add_tag"],
  );
  const [both] = stepsOf("opened & no reply → tag A");
  assert.ok(both?.type === "if" && "all" in both.params);
  assert.equal(
    typesOf("send 'A' > wait 1w > LinkedIn > task: call Ann > stop"),
    "send_email wait linkedin_invitation create_task stop",
  );
  assert.equal(typesOf("Thu 4pm: deals closed lost → tag A"), "search_deals add_tag");
  const [chain, ...after] = stepsOf("if they replied → stop; else tag A → wait 4d → email 'X'");
  assert.ok(chain?.type === "if" && after.length === 0);
  assert.equal(chain.else?.length, 3);
});

test("PA-264 an event told behind what it starts is the trigger", () => {
  const parsed = parseOffline(
    "Send the 'X' email whenever a deal moves to Demo, then wait 3 days.",
  );
  assert.ok("plan" in parsed);
  assert.deepEqual(parsed.plan.trigger && withoutSpan(parsed.plan.trigger), {
    type: "event",
    event: "deal_stage_updated",
    condition: { field: "deal.stage", operator: "==", value: "Demo" },
  });
  assert.deepEqual(
    parsed.plan.steps.map(({ type }) => type),
    ["send_email", "wait"],
  );
  assert.equal(typesOf("Notify @user.ae every time a contact replies."), "notify");
  assertRefused("Polish whenever a deal is created.", "Polish");
});

test("PA-261 a question and an event are no message", () => {
  assertRefused("Tell me what the weather is like in Boston.", "Tell me");
  assertRefused("Tag them A. Notify @user.ae every time a contact replies.", "every time");
  assert.equal(typesOf("Let @user.ae know what to do."), "notify");
});

test("PA-262 a goal that says what is to be done is done", () => {
  assert.equal(
    typesOf("The goal is to send 'X' to everyone tagged A. Tag them B."),
    "search_contacts send_email add_tag",
  );
  assert.equal(typesOf("The goal is more demos. Tag them B."), "add_tag");
  assert.equal(typesOf("The idea is simple: wait a day, tag them B."), "wait add_tag");
  assert.equal(typesOf("Lead recycling - when a contact is updated, tag them B."), "add_tag");
  assertMeans({
    "Churn watch -\n- find contacts tagged A\n- tag them B": "Find contacts tagged A. Tag them B.",
    "Vendors\n- find companies tagged A\n- tag them B": "Find companies tagged A. Tag them B.",
    "VPs\n- find contacts tagged A\n- tag them B":
      "Find contacts whose title contains VP and tagged A. Tag them B.",
  });
  assertRefused("VPs in Rome -\n- tag them B", "VPs");
  assertRefused("Polish the trophies. When a contact is updated, tag them B.", "Polish");
});

test("PA-263 what is said behind a step completes it", () => {
  assert.deepEqual(
    stepsOf("Email them; use our 'Campus' template.").map(({ params }) => params),
    [{ template: "Campus" }],
  );
  assert.deepEqual(
    stepsOf("contacts: title contains CTO; company.name = Acme; max 8").map(({ params }) => params),
    [
      {
        all: [
          { field: "title", operator: "contains", value: "CTO" },
          { field: "company.name", operator: "==", value: "Acme" },
        ],
        limit: 8,
      },
    ],
  );
  assert.deepEqual(
    stepsOf("Wait four days, hmm, actually make that six.").map(({ params }) => params),
    [{ duration: "P6D" }],
  );
});

test("PA-543 a value without quotes ends where a verb with what it is done to begins", () => {
  assertMeans({
    "if their title contains owner hand off to Marco otherwise send 'A'":
      "If their title contains owner, hand off to Marco, otherwise send 'A'.",
    "if their title contains owner create a task to call them":
      "If their title contains owner, create a task to call them.",
    "if their status is new pass them to Marco": "If their status is new, pass them to Marco.",
    "if their title contains baker connect on LinkedIn":
      "If their title contains baker, connect on LinkedIn.",
    "if their source is webinar wait 3 days and send 'A'":
      "If their source is webinar, wait 3 days and send 'A'.",
  });
});
