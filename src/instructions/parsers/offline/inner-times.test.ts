import { test } from "node:test";

import { assertMeans, assertRefused, assertSame } from "./testing-plans.ts";

test("PA-554 a time between a verb and what is sent is waited for before anything is sent", () => {
  assertSame(
    [
      "Send after 3 days the 'X' email",
      "Send them in 3 days 'X'",
      "Send to them after 3 days the 'X' email",
      "Email the contact after 3 days with 'X'",
      "Follow up in 3 days with 'X'",
      "Nudge them 3 days later with the 'X' email",
    ],
    "Wait 3 days. Send 'X'.",
  );
  assertMeans({
    "Send 'A'. Follow up in 6 days with 'B' if no answer.":
      "Send 'A'. Wait 6 days. If they didn't reply, send 'B'.",
    "Notify @user.ae after 2 days that 'Call them'": "Wait 2 days. Notify @user.ae: 'Call them'",
    "Ping Bob in 2 days that the deal is stuck": "Wait 2 days. Notify Bob that the deal is stuck",
    "Follow up after 6 days": "Wait 6 days. Send a follow-up.",
    "Create a task to follow up in 6 days with the CFO":
      "Create a task to follow up with the CFO, due in 6 days",
    "Create a task: Follow up in 6 days with Bob":
      "Create a task 'Follow up in 6 days with Bob', due in 6 days",
    "Add a task: Email them in 3 days the quote": "Add a task: 'Email them in 3 days the quote'",
  });
  assertRefused([
    "Send after 3 days the quarterly report",
    "Follow up in 6 days with a fax",
    "Email them after 3 days with no reply",
  ]);
});

test("PA-558 days and a time may stand between a verb and what is done", () => {
  assertMeans({
    "Please check every day at 12:00 contacts with status New and send them 'X'":
      "Every day at 12:00, find contacts with status New and send them 'X'",
    "Send every Monday at 9 the 'X' email to contacts tagged A":
      "Every Monday at 9, send the 'X' email to contacts tagged A",
    "Search every morning the web for news about Acme":
      "Every morning, search the web for news about Acme",
    "Tag every Friday all contacts in Rome 'R'": "Every Friday, tag all contacts in Rome 'R'",
    "Notify @user.x every day at 9 about the deals":
      "Every day at 9, notify @user.x about the deals",
    "Send every contact the 'X' email": "Send the 'X' email to every contact",
  });
  assertRefused([
    "Send on Monday at 9 the 'X' email to contacts tagged A",
    "Send every other Monday the 'X' email to contacts tagged A",
    "Tag every Friday signup 'R'",
    "Monitor every day the weather in Rome",
  ]);
});

test("PA-559 an email may be told by what it says, and what it is for may stand behind its time: both are told and not done", () => {
  assertMeans({
    "When a deal moves to Won, ask for a review with the 'Review' email 10 days later.":
      "When a deal moves to Won, wait 10 days and send the 'Review' email.",
    "Invite them to the webinar with the 'Webinar' email": "Send the 'Webinar' email",
    "Thank them for the order using 'Thanks' and tag them Thanked":
      "Send 'Thanks' and tag them Thanked",
    "Send the 'X' email in 10 days to remind them of it": "Wait 10 days. Send the 'X' email.",
    "Change the contact's label to Customer": "Set the contact's label to Customer",
    "Invite them on LinkedIn with 'Hi'": "Connect on LinkedIn with the note 'Hi'",
  });
  assertRefused([
    "Ask Bob for a review with the 'X' email",
    "Ask for a refund with a call",
    "Send the 'X' email to offer them a refund",
  ]);
});
