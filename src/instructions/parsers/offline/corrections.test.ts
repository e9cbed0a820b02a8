import { test } from "node:test";

import { assertMeans, assertRefused } from "./testing-plans.ts";

test("PA-560 a correction takes the place of what it names, and the rest of the step stays", () => {
  assertMeans({
    "Find contacts in Rome, max 40, no wait, make that at most 80. Send 'A'.":
      "Find contacts in Rome, at most 80. Send 'A'.",
    "Find contacts in Rome with status Hot, sorry, with status Cold, and send 'A'.":
      "Find contacts in Rome with status Cold and send 'A'.",
    "Find contacts tagged VIP in Rome, no wait, tagged Gold, and send 'A'.":
      "Find contacts tagged Gold in Rome and send 'A'.",
    "Create a task: call them, due tomorrow, no wait, next week.":
      "Create a task: call them, due next week.",
    "Hand off to @user.a with a timeout of 2 days. Actually make that 4 days.":
      "Hand off to @user.a with a timeout of 4 days.",
    "Send 'A'. Sorry, wait 3 days, then send 'B'.": "Send 'A'. Wait 3 days, then send 'B'.",
  });
});

test("PA-561 of two names the last one stands where somebody corrects the first", () => {
  assertMeans({
    "Create a task: call them. Assign it to Henrike, sorry, I meant Svenja.":
      "Create a task: call them. Assign it to Svenja.",
    "Find contacts with status Hot in New York, no wait, San Francisco, and send 'A'.":
      "Find contacts with status Hot in San Francisco and send 'A'.",
    "Move the deal to Demo, or rather Negotiation.": "Move the deal to Negotiation.",
    "Tag them A and B, no wait, B and C.": "Tag them B and C.",
  });
});

test("PA-562 a correction that leaves open what it takes the place of is refused", () => {
  assertRefused([
    "Find contacts in Rome with status Hot, sorry, with title CFO, then tag them A.",
    "Find contacts with status Hot in Rome, no wait, companies in Milan. Tag them A.",
    "Send 'A' in 3 days, sorry, in 5 days.",
    "Send 'A' after 3 days, no wait, 5 days, then tag them B.",
    "Hand off to Henrike, sorry Svenja is away.",
  ]);
});
