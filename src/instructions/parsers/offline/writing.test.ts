import { test } from "node:test";

import { assertMeans, assertRefused, assertSame } from "./testing-plans.ts";

test("PA-555 behind those whom it is for emails may be named one after the other, each with its time", () => {
  assertSame(
    [
      "Drip for contacts tagged 'Ebook': 'A' now, 'B' after a week, 'C' a week after that.",
      "For contacts tagged 'Ebook': 'A' now, 'B' after a week, 'C' a week later.",
      "Nurture campaign for contacts tagged 'Ebook': 'A', wait a week, 'B', wait a week, 'C'",
      "Contacts tagged 'Ebook': 'A', then 'B' after a week, then 'C' after a week",
    ],
    "Find contacts tagged 'Ebook'. Send 'A'. Wait 1 week. Send 'B'. Wait 1 week. Send 'C'.",
  );
  assertRefused([
    "Find companies: 'Acme', 'Globex'",
    "Find contacts named: 'Ann' now",
    "Drip for contacts tagged 'Ebook': 'A'",
  ]);
});

test("PA-556 who wrote a line of a chat, and when, starts nothing", () => {
  assertSame(
    [
      "[09:14] Kim: find contacts tagged Press and send them 'P'",
      "Kim [9:14 AM]: find contacts tagged Press and send them 'P'",
      "[12.05.26, 09:14:22] Kim Lee: find contacts tagged Press and send them 'P'",
      "12/05/2026, 09:14 - Kim: find contacts tagged Press and send them 'P'",
      "[09:14] Kim: find contacts tagged Press\n[09:15] Kim: and send them 'P'",
    ],
    "Find contacts tagged Press and send them 'P'",
  );
  assertRefused([
    "Daily at 9:00 - Kim: send 'P' to contacts tagged Press",
    "[09:14] Berlin: send 'P'",
    "9:00 - send 'P' to contacts tagged Press",
  ]);
});

test("PA-557 an email written down before it is sent is what is sent", () => {
  assertMeans({
    "Subject: 'S'. Body: 'B'. Send that to everyone tagged 'Cart Left'.":
      "Send an email with subject 'S' and body 'B' to everyone tagged 'Cart Left'.",
    "Subject line: 'S'\nBody: 'B'\nSend this email to everyone tagged 'Cart Left', wait 3 days, tag Sent":
      "Send an email with subject 'S' and body 'B' to everyone tagged 'Cart Left', wait 3 days, tag Sent",
    "Find contacts tagged A. The subject is 'S'. Send it.":
      "Find contacts tagged A. Send an email with subject 'S'.",
  });
  assertRefused([
    "Subject: 'S'. Body: 'B'.",
    "Subject: 'S'. Body: 'B'. Don't send that to VPs.",
    "Send an email. Subject: 'S'. Send it again after 2 days.",
  ]);
});
