import assert from "node:assert/strict";
import { test } from "node:test";

import { parseOffline } from "../offline.ts";
import { assertMeans } from "./testing-plans.ts";

const SPACED = "Send 'A'. Wait 4 days. Send 'B'. Wait 4 days. Send 'C'.";

test("PA-299 a list of mails may say how far they lie apart, or on which days each goes out", () => {
  assertMeans({
    "Three emails, four days apart: 'A', 'B', 'C'.": SPACED,
    "Send 'A', 'B' and 'C', 4 days apart.": SPACED,
    "Send 'A', 'B' and 'C' with 4 days between them.": SPACED,
    "Wait 4 days between each email: send 'A', 'B' and 'C'.": SPACED,
    "Days 1, 5 and 9: send 'A', 'B' and 'C'.": SPACED,
    "Day 0/4/8: send 'A', 'B', 'C'.": SPACED,
    "Send 'A', 4 days, 'B', 4 days, 'C'": SPACED,
    "'A' email, +4d 'B' email, +4d 'C' email": SPACED,
    "Email 1 = 'A', then 4d, Email 2 = 'B', then 4d, Email 3 = 'C'": SPACED,
  });
});

test("PA-300 a step's time and what does it may stand in parentheses, and months and the next day are times, too", () => {
  assertMeans({
    "Step 1 (day 1, automatic email): 'A'. Step 2 (day 2, LinkedIn - connection request). Step 3 (day 9, call): Call Ann.":
      "Day 1: send 'A'. Day 2: connect on LinkedIn. Day 9: create a task: Call Ann.",
    "Touch 1 - 'A' email\nTouch 2 (3 days later) - LinkedIn invite":
      "Send 'A'. Wait 3 days. Connect on LinkedIn.",
    "Month 1: 'A' email. Month 2: 'B' email.": "Send 'A'. Wait 1 month. Send 'B'.",
    "Send 'A'. The next day, send 'B'. The week after, send 'C'.":
      "Send 'A'. Wait 1 day. Send 'B'. Wait 1 week. Send 'C'.",
    "Send 'A'. Two weeks in, send 'B'.": "Send 'A'. Wait 14 days. Send 'B'.",
    "Two weeks without a reply → send 'B'": "If no reply after two weeks, send 'B'.",
  });
  assert.ok("error" in parseOffline("Send 'A'. The following Monday, send 'B'."));
});

test("PA-301 the whole may be told by somebody who tells what it does", () => {
  assertMeans({
    "This workflow triggers when a deal is created. It first notifies @user.ae, tags the deal New and then it sends the 'A' email.":
      "When a deal is created, notify @user.ae, tag the deal New and send the 'A' email.",
    "A form submission should notify @user.ae.": "When someone submits the form, notify @user.ae.",
    "Whoever submits the form gets the 'A' email.": "When someone submits the form, send 'A'.",
    "Every new contact gets the 'A' email.": "When a contact is created, send 'A'.",
    "Scheduled workflow, daily 18:00: stop": "Every day at 18:00, stop.",
    "Enroll when a deal is won. Stop.": "When a deal is won, stop.",
  });
});

test("PA-302 a condition may leave out what it speaks of, or ask it the other way round", () => {
  assertMeans({
    "If the title contains Growth, send 'A', else if it contains Brand, send 'B'.":
      "If the title contains Growth, send 'A', else if the title contains Brand, send 'B'.",
    "If the stage of the deal is Won, stop.": "If the deal's stage is Won, stop.",
    "Is the deal's value over 25k, then stop.": "If the deal's value is over 25k, stop.",
    "enrich; still no phone → tag no-phone": "Enrich them. If they have no phone, tag no-phone.",
    "web search: 'x'\non empty result: stop": "Search the web for 'x'. If nothing was found, stop.",
    "When until then no answer has come, stop.": "If they have not replied, stop.",
  });
});

test("PA-303 one step may be done on several days, and a day on which nothing is done is refused", () => {
  const thrice = "Day 1: send 'A'. Day 4: send 'A'. Day 9: send 'A'.";
  assertMeans({
    "Send 'A' on day 1, day 4 and day 9.": thrice,
    "Days 1, 4 and 9: send 'A'.": thrice,
    "Day 1: send 'Z'. Days 3 and 5: send 'A'.":
      "Day 1: send 'Z'. Day 3: send 'A'. Day 5: send 'A'.",
    "Day 1: send 'A'. Day 3: anyone who opened it → tag Hot.":
      "Day 1: send 'A'. Day 3: if they opened it, tag Hot.",
    "Send 'A' on day 1, then again on day 4.": "Day 1: send 'A'. Day 4: send 'A'.",
  });
  assert.ok("error" in parseOffline("Send 'A' on day 1, then on day 4."));
});

test("PA-304 of an amount, a time or a person that is corrected at once the last word stands", () => {
  assertMeans({
    "Take the deals above $100k, no, make that $150k, in Negotiation, and tag them Big.":
      "Take the deals above $150k in Negotiation, and tag them Big.",
    "Find contacts created in the last 30, sorry, 60 days.":
      "Find contacts created in the last 60 days.",
    "Notify @user.ae, no wait, @user.vp that it works.": "Notify @user.vp that it works.",
  });
});
