import { test } from "node:test";

import { assertMeans, assertRefused, assertSame } from "./testing-plans.ts";

test("PA-552 instructions in the language of offices and lawyers are read", () => {
  assertMeans({
    "For the avoidance of doubt, no email shall be sent to contacts tagged 'A'. All others are to be sent the 'S' email.":
      "Skip contacts tagged 'A'. Send the 'S' email.",
    "Nothing is to be sent to contacts tagged 'A'. Send 'S' to the rest.":
      "Skip contacts tagged 'A'. Send 'S'.",
    "On each weekday at 08:00, deals in the stage 'Due Diligence' shall be identified, and @deal.owner shall be notified.":
      "Every weekday at 8, find deals in stage 'Due Diligence' and notify @deal.owner.",
    "On each Monday at 8, send 'S' to contacts tagged A":
      "Every Monday at 8, send 'S' to contacts tagged A",
    "If, and only if, the contact's country is Ireland, send 'S'; thereafter, in every case, tag Notified.":
      "If the contact's country is Ireland, send 'S'. Either way, tag Notified.",
    "Send 'S' if and only if the country is Ireland": "If the country is Ireland, send 'S'",
    "If deal.redTeam is passed, tag the deal Ready":
      "If deal.redTeam == passed, tag the deal Ready",
  });
  assertMeans({
    "Whenever any deal is created, the same has to be notified to @user.x with message 'New deal'.":
      "When a deal is created, notify @user.x: 'New deal'",
    "In case the deal is over 20k, do the needful by sending 'S'; else pass the lead to @user.x.":
      "If the deal is over 20k, send 'S'; otherwise hand off to @user.x.",
    "Kindly find contacts in Pune, 80 nos. only.": "Find contacts in Pune, limit 80.",
    "Find contacts tagged A and have Apollo enrich them": "Find contacts tagged A and enrich them",
  });
  assertRefused([
    "For the avoidance of doubt, fax the contacts tagged 'A'.",
    "If and only if they sing, send 'S'",
    "If deal.redTeam is over, tag the deal Ready",
    "No fax shall be sent to contacts tagged 'A'. Send 'S' to the rest.",
  ]);
});

test("PA-553 what was failed to be done was not done, and those who didn't are the other side of those who did", () => {
  assertSame(
    [
      "Should the contact fail to reply within 21 days, send 'S'",
      "If they have yet to reply after 21 days, send 'S'",
      "If they never bothered to reply within 21 days, send 'S'",
      "If the contact neglects to answer within 21 days, send 'S'",
    ],
    "If they don't reply within 21 days, send 'S'",
  );
  assertSame(
    [
      "Send 'A'. After 2 days, whoever has opened it gets 'B', and whoever hasn't gets 'C'.",
      "Send 'A'. After 2 days, send 'B' to those who opened it and 'C' to those who didn't.",
      "Send 'A'. After 2 days, send 'B' to anyone who opened it. Send 'C' to anyone who hasn't.",
    ],
    "Send 'A'. Wait 2 days. If they opened the email, send 'B'; otherwise send 'C'.",
  );
  assertMeans({
    "Skip contacts that failed to open the email, then send 'S'":
      "Skip contacts that didn't open the email, then send 'S'",
    "If status is Failed, send 'S'": "If status == Failed, send 'S'",
  });
  assertRefused([
    "Send 'B' to those who didn't.",
    "If the payment failed, send 'S'",
    "If the deal is yet to close, send 'S'",
  ]);
});
