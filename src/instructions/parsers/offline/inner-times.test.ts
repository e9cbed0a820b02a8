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
