import { test } from "node:test";

import { assertMeans, assertRefused, means } from "./testing-plans.ts";

test(
  "PA-453 a moment is compared as one: before it is longer ago, and today is a day like any other",
  means({
    "Find contacts where lastContactedAt < 14 days ago.":
      "Find contacts last contacted more than 14 days ago.",
    "Find contacts where createdAt >= 7 days ago.": "Find contacts created in the last 7 days.",
    "Find contacts created < 7 days ago.": "Find contacts created less than 7 days ago.",
    "Find deals whose closeDate is before today.": "Find deals where the close date has passed.",
    "close date < today → tag Overdue": "If the close date is before today, tag Overdue.",
  }),
);

test("PA-455 a day that comes once is no schedule, and neither is an hour that passes", () => {
  assertRefused([
    "On Monday send 'A'.",
    "On Monday at 9 send 'A'.",
    "Send 'A' on Friday.",
    "On Friday morning, find contacts in Rome and send 'A'.",
  ]);
  assertMeans({
    "On Mondays send 'A'.": "Every Monday send 'A'.",
    "On Monday and Thursday at 9 send 'A'.": "Every Monday and Thursday at 9 send 'A'.",
    "Once a week, on Sunday at 8 PM, send 'A'.": "Every Sunday at 8 PM, send 'A'.",
    "Send 'A'. An hour later, send 'B'. An hour after that, stop.":
      "Send 'A'. Wait 1 hour. Send 'B'. Wait 1 hour. Stop.",
    "Once an hour, send 'A'.": "Every hour, send 'A'.",
  });
});

test("PA-456 behind an event of a contact those who are named are asked for, and nobody is searched for", () => {
  assertMeans({
    "When a contact is created, VPs get 'A'.":
      "When a contact is created, if the title contains VP, send 'A'.",
    "When a contact is created, VPs in London get 'A', VPs in Paris get 'B'.":
      "When a contact is created, if the title contains VP and the city is London, send 'A'. If the title contains VP and the city is Paris, send 'B'.",
    "VPs in London get 'A', VPs in Paris get 'B', everyone else gets 'C'.":
      "If the title contains VP and the city is London, send 'A'. Otherwise, if the title contains VP and the city is Paris, send 'B', otherwise send 'C'.",
    "When a contact is created, find VPs in Rome and send 'A'.":
      "Contact created: find contacts where title contains VP and city is Rome, then send 'A'.",
    "Update every contact's status to Active.": "Find all contacts. Set their status to Active.",
    "Mark each deal as Stale.": "Find all deals. Mark the deal as Stale.",
  });
});

test("PA-457 no word of a value is taken for something else, and none of something else for a value", () => {
  assertMeans({
    "Send an email with subject: Month end": "Send an email with subject 'Month end'.",
    "Send 'A' with subject: Stop wasting time, then wait 3 days.":
      "Send 'A' with subject 'Stop wasting time', then wait 3 days.",
    "Find contacts in Rome. Tag surveyed regardless.": "Find contacts in Rome. Tag 'surveyed'.",
    "Find contacts in Rome. Save the contacts to memory as contacted.":
      "Find contacts in Rome. Save the contacts to memory as 'contacted'.",
    "When a contact is updated and the contact is tagged 'VIP', send the 'A' email.":
      "When a contact is updated and is tagged VIP: send the 'A' email.",
    "Search the web for mergers and acquisitions of @company.name":
      "Search the web for: mergers and acquisitions of @company.name",
    "Find deals in the US and tag them 'US'.":
      "Find deals at companies in the US and tag them 'US'.",
    "Find deals in Negotiation.": "Find deals where stage is Negotiation.",
  });
  assertRefused([
    "Search the web for Acme funding then water the plants.",
    "Search the web for Acme funding and polish the trophies.",
    "Search the web for Acme funding, polish the trophies.",
    "With a phone number, call them.",
  ]);
});

test("PA-458 a search whose findings nothing is done with refuses the text", () => {
  assertRefused([
    "For our dormant accounts: look for contacts in Rome. Send 'A'.",
    "Find VPs in London. Find contacts in Paris. Send 'A'.",
    "Find VPs in London. Skip anyone who replied. Find contacts in Paris. Send 'A'.",
    "If they replied, find VPs in London, find CTOs in Rome and send 'A'.",
  ]);
  assertMeans({
    "Find VPs in London. Send 'A'. Do the same for CTOs in Rome.":
      "Find VPs in London. Send 'A'. Find CTOs in Rome. Send 'A'.",
  });
});

test("PA-461 who, when or which is never lost on the way to a step", () => {
  assertRefused([
    "Find the CEO of each company in SaaS.",
    "Tag the company and the contact hot.",
    "Remove all tags.",
    "Skip 5 contacts.",
    "Hand off to whoever is free.",
    "Set status to Active or Hot.",
    "Set the owner to nobody.",
    "Move them to the next stage.",
    "Set the deal's stage to the next one.",
    "Create a task due Friday to call them.",
    "Create a task: Call them, due on Friday.",
    "Create a task to call them within 2 hours, assigned to the sales team, with the note 'VIP'.",
    "If the first result mentions funding, tag hot.",
    "Find contacts who replied today.",
    "Skip anyone who opened the email today.",
    "Find deals that closed today.",
  ]);
  assertMeans({
    "Create a task in 3 days to call them.": "Create a task to call them, due in 3 days.",
    "Find deals closing today.": "Find deals where closeDate == today.",
    "Find contacts in Rome today.": "Find contacts in Rome.",
    "Notify @user.a after 3 days.": "Wait 3 days. Notify @user.a.",
    "Skip everyone except VPs and CEOs.":
      "Skip anyone where not (title contains VP or title contains CEO).",
    "Set owner to the owner of the company.": "Set the contact's owner to @company.owner.",
  });
});

test("PA-540 a limit may name what it counts where a mark closes it, and nobody counts in a phone number", () => {
  assertMeans({
    "Find contacts in Rome, max 75 people. Send 'A'.": "Find contacts in Rome, limit 75. Send 'A'.",
    "Find contacts in Rome, maximum 30 pieces, and send 'A'.":
      "Find contacts in Rome, limit 30. Send 'A'.",
    "Find contacts in Rome (up to 40 contacts). Send 'A'.":
      "Find contacts in Rome, limit 40. Send 'A'.",
    "Find companies in Rome, at most 20 companies; tag them 'A'.":
      "Find companies in Rome, limit 20. Tag them 'A'.",
    "Find contacts in Rome with a phone, cap 12 leads. Send 'A'.":
      "Find contacts in Rome with a phone, limit 12. Send 'A'.",
    "find contacts with a phone number no more than 15 send them the 'A' email":
      "Find contacts with a phone number, limit 15. Send 'A'.",
    "Find contacts whose company has at most 50 people, and send 'A'.":
      "Find contacts whose company has at most 50 employees. Send 'A'.",
  });
  assertRefused([
    "Find companies in Rome, max 75 people. Tag them 'A'.",
    "Find companies with max 75 people. Tag them 'A'.",
    "Skip anyone with a phone number less than 5. Send 'A'.",
  ]);
});

test("PA-582 what bounds how many are wanted compares no place or tag that stands before it in small letters", () => {
  assertMeans({
    "find ctos in berlin no more then 30, tag them 'A'":
      "find ctos in berlin, limit 30. Tag them 'A'.",
    "find ctos from lisbon no more than 30, tag them 'A'":
      "find ctos from lisbon, limit 30. Tag them 'A'.",
    "find contacts at acme no more than 30, tag them 'A'":
      "find contacts at acme, limit 30. Tag them 'A'.",
    "find contacts tagged vip no more than 30, tag them 'A'":
      "find contacts tagged vip, limit 30. Tag them 'A'.",
    "find deals with amount no more than 30, tag them 'A'":
      "find deals with amount at most 30. Tag them 'A'.",
  });
});
