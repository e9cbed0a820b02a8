import assert from "node:assert/strict";
import { test } from "node:test";

import { withoutSpan } from "#domain/plan.ts";

import { parseOffline } from "../offline.ts";
import { assertMeans } from "./testing-plans.ts";

function triggerOf(text: string): string {
  const parsed = parseOffline(text);
  assert.ok("plan" in parsed, `${text}: ${JSON.stringify(parsed)}`);
  const { trigger } = parsed.plan;
  return trigger?.type === "schedule" ? trigger.cron : (trigger?.event ?? "none");
}

const DO = "find contacts in London";

test("PA-111 a schedule is read in all the ways that people write one", () => {
  const schedules: Readonly<Record<string, string>> = {
    "Every day at 9 AM, …": "0 9 * * *",
    "Mondays: …": "0 9 * * 1",
    "Mon-Fri 08:00: …": "0 8 * * 1-5",
    "Mon+Wed+Fri 08:15: …": "15 8 * * 1,3,5",
    "wkdays 7:30 -> …": "30 7 * * 1-5",
    "Every day except Sunday at 8: …": "0 8 * * 1-6",
    "Every evening at 7, …": "0 19 * * *",
    "Every night at 11, …": "0 23 * * *",
    "First thing every Monday, …": "0 9 * * 1",
    "Monday at 8:00 each week, …": "0 8 * * 1",
    "Every half hour …": "*/30 * * * *",
    "Every hour between 9 and 17 on weekdays …": "0 9-17 * * 1-5",
    "Daily 9am + 5pm: …": "0 9,17 * * *",
    "Each quarter, on the 1st at 9, …": "0 9 1 1,4,7,10 *",
    "On the 15th of each month at noon …": "0 12 15 * *",
    "On the schedule 0 9 1 1 *: …": "0 9 1 1 *",
    "Trigger: every Friday 16:00. …": "0 16 * * 5",
  };
  for (const [text, cron] of Object.entries(schedules))
    assert.equal(triggerOf(text.replace("…", DO)), cron, text);
  assert.equal(
    triggerOf("Find contacts in London and email them every Friday at 4pm."),
    "0 16 * * 5",
  );
});

test("PA-112 an event is read with its when, without it in notes, and by its name", () => {
  const events: Readonly<Record<string, string>> = {
    "When someone fills in the pricing form, …": "form_submitted",
    "Form submitted -> …": "form_submitted",
    "Webhook trigger: form_submitted. …": "form_submitted",
    "deal → Closed Lost: …": "deal_stage_updated",
    "If a deal moves to Demo, …": "deal_stage_updated",
    "New deal -> …": "deal_created",
    "When a new deal is opened, …": "deal_created",
    "When a deal's value exceeds 50000, …": "deal_updated",
    "Whenever a contact in Chicago replies, …": "email_replied",
    "When someone replies to one of our emails, …": "email_replied",
    "reply received -> …": "email_replied",
    "on tag added 'hot': …": "tag_added",
    "Whenever somebody new shows up in the CRM …": "contact_created",
    "lead in -> …": "contact_created",
  };
  for (const [text, event] of Object.entries(events))
    assert.equal(triggerOf(text.replace("…", "notify me")), event, text);
});

test("PA-112 a condition in a label of its own belongs to the event before it", () => {
  const parsed = parseOffline(
    "Event: deal_updated. Condition: deal.value > 10000. Action: notify me.",
  );
  assert.ok("plan" in parsed);
  const condition = { field: "deal.value", operator: ">", value: 10_000 };
  assert.deepEqual(parsed.plan.trigger && withoutSpan(parsed.plan.trigger), {
    type: "event",
    event: "deal_updated",
    condition,
  });
});

test("PA-112 what is said in passing is no trigger", () => {
  assert.equal(triggerOf("The deal is moved to Negotiation."), "none");
  assert.equal(triggerOf("Send 'A'. A week after that, send 'B'."), "none");
});

test("PA-572 what is created behind a noun is what the noun names", () => {
  assertMeans({
    "Notify @user.x of new deals when they are created.":
      "When a deal is created, notify @user.x: 'new deals'.",
    "Notify @user.x of new leads when they are created.":
      "When a contact is created, notify @user.x: 'new leads'.",
  });
});
