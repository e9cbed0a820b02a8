import assert from "node:assert/strict";
import { test } from "node:test";

import { assertMeans, assertRefused, assertSame, planOf } from "./testing-plans.ts";

test("PA-288 an event told inside or behind the first clause starts the whole, where it is of anybody", () => {
  assertSame(
    [
      "Send 'X' when a contact is created.",
      "Send 'X' to every new contact.",
      "Send every new contact the 'X' email.",
      "Send 'X' (whenever a contact is created).",
      "Send 'X' as soon as a contact is created.",
    ],
    "When a contact is created, send 'X'.",
  );
  assertSame(
    [
      "Notify @user.ae when a contact replies that 'It works'.",
      "Notify @user.ae that 'It works' on every reply.",
    ],
    "When a contact replies, notify @user.ae that 'It works'.",
  );
  assertSame(
    ["Create a task: Call Ann, on every form submission."],
    "When someone submits the form, create a task: Call Ann.",
  );
  assertSame(["Notify @user.ae when they reply."], "Notify @user.ae if they replied.");
});

test("PA-289 what is done some time after an event waits behind it", () => {
  assertSame(
    ["Two days after a deal is created, send 'X'.", "Send 'X' two days after a deal is created."],
    "When a deal is created, wait two days, then send 'X'.",
  );
});

test("PA-290 words that only say that the whole runs stand before its trigger", () => {
  assertSame(
    [
      "This should run every Friday at 4 PM. Stop.",
      "I want this to run every Friday at 4 PM: stop.",
      "It runs on Fridays at 4 PM. Stop.",
    ],
    "Every Friday at 4 PM, stop.",
  );
  assertSame(
    [
      "Find all contacts and send 'X' – every Friday at 4 PM.",
      "Find all contacts (Fridays, 4 PM) and send 'X'.",
      "Find all contacts and send 'X'. It should run every Friday at 4 PM.",
    ],
    "Every Friday at 4 PM, find all contacts and send 'X'.",
  );
  assertSame(
    [
      "It starts when a deal is won. Stop.",
      "The workflow should be triggered when a deal is won. Stop.",
    ],
    "When a deal is won, stop.",
  );
});

test("PA-291 a calendar is told in many ways", () => {
  const crons = {
    "Every January 1st at 9": "0 9 1 1 *",
    "Every year on March 15": "0 9 15 3 *",
    "Each 24th of December at noon": "0 12 24 12 *",
    "Every weekday but Friday at 9": "0 9 * * 1-4",
    "Every day at 9am, 12pm and 3pm": "0 9,12,15 * * *",
    "Hourly between 9 and 5": "0 9-17 * * *",
    "Every 2 hours between 8 and 18 on weekdays": "0 8-18/2 * * 1-5",
    "Every quarter of an hour": "*/15 * * * *",
    "On the 15th at noon": "0 12 15 * *",
    "Monthly on day 10": "0 9 10 * *",
    "Every 3 months": "0 9 1 */3 *",
    "Friday mornings": "0 9 * * 5",
    "Every Monday first thing": "0 9 * * 1",
    "Each Sunday night at 9": "0 21 * * 0",
    "M-F 9am": "0 9 * * 1-5",
    "Every Tuesday at 9.30am": "30 9 * * 2",
  };
  for (const [text, cron] of Object.entries(crons))
    assert.deepEqual(planOf(`${text}, stop.`).trigger, { type: "schedule", cron }, text);
  assertRefused([
    "Every day at 9 and 15:30, stop.",
    "Thrice daily, stop.",
    "Every 5 months, stop.",
  ]);
});

test("PA-292 a change of a field is told with the field in front, or by its path", () => {
  assertSame(
    ["When the stage of a deal changes to Won, stop.", "When deal.stage changes to Won, stop."],
    "When a deal's stage changes to Won, stop.",
  );
  assertSame(
    ["When the value of a deal exceeds 50k, stop."],
    "When a deal's value goes above 50k, stop.",
  );
  assertRefused(["When a deal is over 100k, stop."]);
});

test("PA-542 an event starts the whole without its when, in front of an arrow or a colon, and so does a named whole that is run", () => {
  assertMeans({
    "Tag added → notify @user.ops: 'New tag'": "When a tag is added, notify @user.ops: 'New tag'",
    "The tag 'VIP' was added → notify me": "When the tag 'VIP' is added, notify me",
    "The deal moved to Contract: please set the company's status to Customer":
      "When a deal moves to Contract, set the company's status to Customer",
    "the form gets submitted -> email 'Got It' to @form.email":
      "When a form is submitted, email 'Got It' to @form.email",
    "The contact opened the email -> tag them 'Warm'":
      "When a contact opens an email, tag them 'Warm'",
    "When status changes to Customer, notify me":
      "When a contact's status changes to Customer, notify me",
    "Status changed to Customer → notify me":
      "When a contact's status changes to Customer, notify me",
    "When value changes to 5000, notify me": "When a deal's value changes to 5000, notify me",
    "When deal priority is set to High, notify me":
      "When a deal's priority changes to High, notify me",
    "When stage is changed to Demo, notify me": "When a deal moves to Demo, notify me",
    "Trigger: Watch deals (created). Notify me.": "When a deal is created, notify me.",
    "Watch new contacts → send 'A'": "When a contact is created, send 'A'",
    "Run scenario daily at 21:00: send 'A'": "Every day at 21:00, send 'A'",
    "Run the workflow when a deal is created: notify me": "When a deal is created, notify me",
    "This is what I expect the agent to do on the 1st of each month at 8 AM: find contacts in Rome, send 'A'":
      "On the 1st of each month at 8 AM find contacts in Rome and send 'A'",
    "Every morning of weekday, 8:30, please send 'A'": "Every weekday at 8:30, send 'A'",
    "Every evening of the weekdays: send 'A'": "Weekdays at 18:00, send 'A'",
  });
  assertRefused([
    "Send 'A'. The contact replied -> tag them 'Warm'",
    "The deal is over 10k: notify me",
    "When industry changes, notify me",
    "Find contacts in Rome. When their status changes to New, send 'A'.",
    "Run the macro. Send 'A'.",
    "On the morning of the event send 'A'",
    "Every afternoon of the summit send 'A'",
  ]);
});
