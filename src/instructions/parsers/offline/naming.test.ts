import assert from "node:assert/strict";
import { test } from "node:test";

import { assertMeans, assertRefused, assertSame, planOf } from "./testing-plans.ts";

/** Each names somebody, something or a place that the work could be without or with. */
const NAMING = [
  "Acme is a client",
  "Our competitor is Acme",
  "Sorry, not Acme",
  "We have Milan already",
  "I meant Milan",
  "We already mailed Acme",
  "Bob handles Acme",
  "It worked great at Acme",
  "I don't want agencies",
  "Don't want agencies",
  "I hate agencies",
  "They are clients of ours, Acme too",
  "we have milan already",
  "it's lyon actually",
  "sorry not acme",
  "it's for vegans",
  "I'm done with recruiters",
  "we stopped working with agencies",
  "some of them are clients",
];

test("PA-512 what names or does not want somebody is never passed over as a remark, wherever it stands", () => {
  assertRefused(
    NAMING.flatMap((said) => [
      `Find leads in Rome. Send 'A'. ${said}.`,
      `Find leads in Rome, send 'A' (${said}).`,
      `Find leads in Rome, send 'A' - ${said}`,
    ]),
  );
  assertRefused([
    "We have Milan already. Find leads in Rome. Send 'A'.",
    "I'm done with recruiters. Find leads in Rome. Send 'A'.",
    "To spare Acme, send 'A' to leads in Rome.",
    "Since Acme is a client, send 'A'.",
    "The goal is to win Acme back. Send 'A'.",
  ]);
});

test("PA-513 who writes, whose idea it was, abbreviations and names of what an agent is carry nothing in talk", () => {
  assertSame(
    [
      "Send 'A'. Thanks, Mike.",
      "Rita here from rev ops. Send 'A'.",
      "Hello, Tomasz from the Krakow office here. Send 'A'.",
      "Send 'A'. Marek says we've neglected them.",
      "Send 'A'. It was Ewa's idea and it's a good one",
      "Per Tom's request, send 'A'.",
      "Our Q3 goal is ten new logos. Send 'A'.",
      "Send 'A', our CEO loves it",
      "You are a sales assistant at Acme. Send 'A'.",
      "Hi Bob, it's Anna from Acme. Send 'A'.",
      "I'm Anna from Acme. Send 'A'.",
      "My name is Anna. Send 'A'.",
      "I work at Acme. Send 'A'.",
      "As Bob said, send 'A'.",
      "Our English is bad, sorry. Send 'A'.",
      "We just launched our Berlin office. Send 'A'.",
      "We ran a webinar with Acme. Send 'A'.",
    ],
    "Send 'A'.",
  );
  assertMeans({
    "I'm hunting in the Baltics now. Find leads in Riga.": "Find leads in Riga.",
    "To get ready for the Berlin roadshow, find leads in Berlin.": "Find leads in Berlin.",
  });
});

test("PA-514 what would work better than what is done is no remark", () => {
  assertRefused([
    "Send 'A'. A handwritten card works wonders.",
    "Send 'A', the phone works better",
    "Send 'A'. A visit would be nice.",
    "Send 'A', a coupon works",
  ]);
});

test("PA-515 a language is no town, and a name that is left out and known for no place may be a company's", () => {
  assertRefused(["Send 'A' to leads in Italian.", "Find leads in Rome in French."]);
  assertMeans({
    "Find leads in Rome but Acme.":
      "Find leads where city is Rome and not (city is Acme or company name is Acme).",
    "Find leads in Rome but not Acme.":
      "Find leads where city is Rome and not (city is Acme or company name is Acme).",
    "Find companies in Rome except Acme.":
      "Find companies where city is Rome and not (city is Acme or name is Acme).",
    "Find leads in Italy but not Milan.":
      "Find leads where country is Italy and not (city is Milan).",
    "Find leads in Europe except DACH.":
      "Find leads where region is Europe and not (region is DACH).",
  });
});

test("PA-516 how urgent a task is stands in its title, and a notification is not said to be urgent", () => {
  assertMeans({
    "Create an urgent task to call them tomorrow.":
      "Create a task 'Urgent: call them', due in 1 day.",
    "Create a high-priority task: Call them.": "Create a task 'High-priority: Call them'.",
    "Create a quick task: Call them.": "Create a task 'Call them'.",
  });
  assertRefused(["Send an urgent notification to @user.a: 'Hi'."]);
});

test("PA-517 whoever has to agree or does it himself, when it begins or ends, and what calls it off are no remarks", () => {
  assertRefused(
    [
      "my assistant sees it",
      "our lawyer said no",
      "marketing owns these",
      "it starts tomorrow",
      "the offer ends Sunday",
      "no rush, next week is fine",
      "that was a joke",
      "just kidding",
    ].map((said) => `Send 'A'. ${said}`),
  );
});

test("PA-518 a stop with a time behind it comes after that time", () => {
  assertMeans({
    "Send 'A'. Stop in 3 days.": "Send 'A'. Wait 3 days. Stop.",
    "Send 'A'. Stop after a week.": "Send 'A'. Wait 1 week. Stop.",
    "Send 'A'. If they replied, stop. After 3 days send 'B'.":
      "Send 'A'. If they replied: stop. Wait 3 days. Send 'B'.",
  });
});

test('PA-533 where replies go says nothing of who has replied, and "at random" names no company', () => {
  assertRefused([
    "Send 'A' to everyone in Oslo, replies go to Bob.",
    "Send 'A' to leads in Rome, replies should go to Bob.",
    "Send 'A' to leads in Rome, replies to be sent to Bob.",
    "Find 20 leads in Rome at random and tag them X.",
  ]);
});

test("PA-534 who leaves does so by what comes about: what has not happened, and what the plan sets, is looked at where it is written", () => {
  assertSame(
    ["Find contacts in Rome and send 'A'. Wait 3 days. Stop when they haven't replied. Send 'B'."],
    "Find contacts in Rome and send 'A'. Wait 3 days. If they haven't replied, stop. Send 'B'.",
  );
  assertSame(
    ["Find contacts in Rome. Tag them Hot. Stop when they are tagged Hot. Send 'A'."],
    "Find contacts in Rome. Tag them Hot. If they are tagged Hot, stop. Send 'A'.",
  );
  assertSame(
    ["Find contacts in Rome and send 'A'. Stop when they reply. Send 'B'."],
    "Find contacts in Rome and send 'A'. Stop as soon as they reply. Send 'B'.",
  );
  assertRefused([
    "Stop on day 4.",
    "Find contacts in Rome and stop on day 4.",
    "Stop anytime they reply. Find contacts in Rome and send 'A'.",
    "Stop on reply. Find contacts in Rome and send 'A'.",
  ]);
});

test("PA-535 who is left out behind but is left out, however many they are", () => {
  const out = ["Acme", "Beta"].flatMap((value) =>
    ["city", "company.name"].map((field) => ({ field, operator: "==", value })),
  );
  const rome = { field: "city", operator: "==", value: "Rome" };
  for (const text of [
    "Find contacts in Rome but not Acme or Beta.",
    "Find contacts in Rome but Acme and Beta.",
  ])
    assert.deepEqual(planOf(text).steps[0]?.params, { all: [rome, { not: { any: out } }] }, text);
  assertRefused([
    "Find contacts tagged VIP but Partner and send 'A'.",
    "Send 'A' (no rush – Globex).",
    "We tried to email VIPs. Send 'A'.",
  ]);
});

test("PA-545 what is set again is the field that was set last, where nothing else was done since", () => {
  assertMeans({
    "If the lead source is Partner, set the contact's record type to Channel; else set it to Direct.":
      "If the lead source is Partner, set the contact's record type to Channel, otherwise set the contact's record type to Direct.",
    "If they replied, set the tier to 3, otherwise to 1.":
      "If they replied, set the tier to 3, otherwise set the tier to 1.",
    "If they replied, set the status to Hot, else 'Cold'.":
      "If they replied, set the status to Hot, otherwise set the status to Cold.",
    "When a deal is created, set the deal's custom field 'tier' to 'A'. If its value is over 10k, set it to 'B'.":
      "When a deal is created, set the deal's custom field 'tier' to 'A'. If the deal's value is over 10k, set the deal's custom field 'tier' to 'B'.",
    "Set the deal's tier to A. If they replied, move it to Legal.":
      "Set the deal's tier to A. If they replied, move the deal to Legal.",
  });
  assertRefused([
    "Set the status to New and send 'A'. Set it to Active.",
    "If they replied, set the status to Hot, otherwise to a colder one.",
  ]);
});
