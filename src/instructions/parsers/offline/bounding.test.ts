import { test } from "node:test";

import { assertMeans, assertRefused, assertSame } from "./testing-plans.ts";

/** Said of mails that go out, each asks for something that the plan would not hold. */
const BOUNDING = [
  "Acme is out",
  "The agencies are out",
  "We left Acme out",
  "Note that Acme is excluded",
  "Our policy is no clients",
  "We said no agencies",
  "My boss signs off on each one",
  "Legal sees it first",
  "My approval is needed",
  "I'd like to see it first",
  "A handful of them is enough",
  "Half of them is enough",
  "This starts next Monday",
  "It is under embargo till Monday",
  "The deadline is Friday",
  "A call would be good",
  "They deserve a call",
  "I promised them a call",
  "It sounds better in Italian",
  "I changed my mind about Rome",
  "The other way round would be better",
  "Legal is against it",
  "We left Milan to Bob",
];

test("PA-505 what leaves out, approves, limits, puts off, asks for more or calls off is never passed over as a remark", () => {
  assertRefused(BOUNDING.map((said) => `Send 'A' to leads in Rome. ${said}.`));
  assertRefused([
    "The aim is no more than five a day. Send 'A' to leads in Rome.",
    "The idea is that Bob approves it first. Send 'A' to leads in Rome.",
    "You are a bot that never mails Acme. Send 'A' to leads in Rome.",
    "With a copy to Bob, send 'A' to leads in Rome.",
    "With my approval, send 'A' to leads in Rome.",
  ]);
});

test("PA-506 in front of a colon nobody is passed over whom something may be for", () => {
  assertRefused([
    "For hot ones: send 'A'. For cold ones: send 'B'.",
    "For women: send 'A'.",
    "For Acme: send 'A'.",
    "Vegans, send 'A'.",
    "Plumbers, send 'A'.",
  ]);
});

test("PA-507 a name behind a comma is passed over behind thanks and other talk alone: elsewhere it is one more of a list", () => {
  assertMeans({
    "Tag them Alpha, Globex.": "Add the tags 'Alpha' and 'Globex'.",
    "Find contacts at Acme, Globex, and tag them hot.":
      "Find contacts at Acme or Globex. Tag them 'hot'.",
  });
  assertRefused([
    "Send 'A' to Acme, Globex, Initech",
    "Set the owner to Jana, Tom",
    "Acme, Globex, send 'A'.",
    "Sara, Tom, send 'A'.",
  ]);
  assertSame(
    ["Send 'A', thanks, Mike", "Send 'A', cheers Mike.", "Send 'A'. Well done, Mike!"],
    "Send 'A'.",
  );
});

test("PA-508 words behind a comma that may be values are none of talk, whatever else they say", () => {
  assertMeans({
    "Find deals, overdue.": "Find deals where closeDate is before today.",
    "Tag them Welcome, Late, Fancy": "Add the tags 'Welcome', 'Late' and 'Fancy'.",
    "Tag them Hot, Good Luck": "Add the tags 'Hot' and 'Good Luck'.",
  });
  assertRefused([
    "Set the status to New, Classic",
    "Tag them Hot, happy and sad",
    "Find deals. Overdue.",
  ]);
  assertSame(
    [
      "Send 'A', ok?",
      "Send 'A', great!",
      "Send 'A' (done)",
      "Send 'A', Many Thanks",
      "Send 'A', harsh but fair",
    ],
    "Send 'A'.",
  );
});

/** Each names somebody whom the email could be for. */
const NAMING = [
  "the hot leads",
  "the best deals",
  "the hot leads please",
  "our Nordic resellers",
  "our Nordic resellers from the fair",
  "our resellers that bought last year",
  "the vendors my team met",
  "the resellers we met",
  "the people invited",
  "the vendors invited to the fair",
  "this year's vendors",
  "everyone invited",
  "those we invited",
];

test("PA-509 whom something may be for is no statement, however it ends", () => {
  assertRefused(
    NAMING.flatMap((said) => [`Send 'A', ${said}.`, `Send 'A' (${said}).`, `Send 'A'. ${said}.`]),
  );
  assertSame(
    [
      "Send 'A', the quarter ends soon",
      "Send 'A', my boss loves it",
      "Send 'A', our stand at the fair went well",
      "Send 'A', our customers loved the webinar we ran",
    ],
    "Send 'A'.",
  );
  assertMeans({
    "You know those folks from the webinar we ran? Find contacts tagged 'W'. Send 'A'.":
      "Find contacts tagged 'W'. Send 'A'.",
  });
});
