import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";

import fc from "fast-check";

import { readCases } from "../../evaluation/cases.ts";
import { assertMeans, assertRefused, assertSame, planOf, planOrRefusal } from "./testing-plans.ts";

/** What asks for nothing, of many kinds. */
const REMARKS = [
  "i always forget",
  "my boss loves that deck",
  "you said it would be easy, so there you go ;)",
  "client said yes on the phone, woohoo",
  "he keeps asking me for it and i keep forgetting",
  "i hope the kids are better!",
  "I promised the board something on churn",
  "that would really help me out",
  "should be the same as what we had in the old system i believe",
  "harsh but fair",
  "ur a star",
  "sound good?",
  "gracias!",
  "thats all, many thanks",
  "feels sad but its time",
  "dont want to be pushy",
  "really keen to see how this one does",
  "half of these have no emails, sigh",
  "they need to settle in",
  "they hate that",
  "we lose them so fast",
  "id hate to miss one",
  "i think thats fair to everybody",
  "apreciate it",
  "finance is on my back about this",
  "no idea why it took so long lol",
  "cant wait to see it",
  "hope it works",
  "the old system was a nightmare",
];

/** What asks for something that nothing here does, or bounds or selects what is done. */
const ASKED = [
  "blast them the coupon",
  "my boss wants them called",
  "they should get a gift",
  "nobody at Acme gets it",
  "we polish the trophies",
  "my team polishes the trophies",
  "it goes to the VPs",
  "the same for Rome",
  "this is for Rome",
  "it is in German",
  "the copy goes to legal",
  "the interns are out",
  "they are not to be emailed",
  "it has to be before noon",
  "i prefer the short version",
  "my boss likes the short version better",
  "finance said to polish the trophies",
  "he thinks we should polish the trophies",
  "i hope somebody polishes the trophies",
  "i promised to polish the trophies",
  "i promised the trophies would be polished",
  "it would help to polish the trophies",
  "it's time to polish the trophies",
  "happy to polish the trophies",
  "we keep polishing the trophies",
  "i believe the trophies need polishing",
  "do that again, thanks",
  "me too, thanks",
  "only the big ones",
  "the big ones are mine",
  "the rest is mine",
  "Tom does the big ones",
  "Polish outdated trophies",
  "Polish leads daily",
  "we never email competitors",
  "competitors are off limits",
  "they get annoyed on weekends",
  "not on Fridays",
  "so 3 weeks is good",
  "they live in Rome",
  "I'm only interested in VPs",
  "he wants it by Friday",
];

/** Of the texts that are refused when they stand alone, those that ask for nothing. */
const IDLE = new Set([
  "hello",
  "..",
  "?",
  "42",
  "Thanks",
  "Please",
  "contact contact contact",
  "I love this product",
  "Sales are down",
  "Our competitor is Acme",
]);

const REFUSED = readCases(
  readFileSync(
    new URL("../../../../test/instructions/dev-refusals.jsonl", import.meta.url),
    "utf8",
  ),
)
  .map(({ text }) => text.replace(/[.!]$/, ""))
  .filter((text) => !IDLE.has(text));

const BASE = "Send the 'X' email";

/** Where a remark may stand. */
const PLACES: readonly ((said: string) => string)[] = [
  (said) => `${BASE}. ${said}`,
  (said) => `${BASE}, ${said}.`,
  (said) => `${BASE} - ${said}`,
  (said) => `${BASE} (${said}).`,
  (said) => `${BASE} and ${said}`,
  (said) => `${said}. ${BASE}.`,
];

const PLAIN = planOf(BASE);

suite("remarks in talk", () => {
  test("PA-404 a remark of any words carries nothing, in a sentence of its own, behind a comma or a dash, and in parentheses", () => {
    for (const said of REMARKS)
      assertSame([`${BASE}. ${said}`, `${BASE}, ${said}`, `${BASE} - ${said}`], `${BASE}.`);
    for (const said of REMARKS.filter((one) => !one.includes(")")))
      assertSame([`${BASE} (${said}).`], `${BASE}.`);
  });

  test("PA-405 what asks for something, bounds or selects is never passed over as a remark, wherever it stands", () => {
    for (const said of ASKED)
      for (const place of PLACES)
        assert.notDeepEqual(planOrRefusal(place(said)), PLAIN, place(said));
  });

  test("PA-405 what nothing can carry out is never passed over as a remark, wherever it stands", () => {
    fc.assert(
      fc.property(fc.constantFrom(...REFUSED), fc.constantFrom(...PLACES), (said, place) =>
        assert.notDeepEqual(planOrRefusal(place(said)), PLAIN, place(said)),
      ),
      { numRuns: 600 },
    );
  });

  test("PA-406 in a title, in a message and behind a condition nothing is left out as a remark", () => {
    for (const text of [
      "Create a task: Call them, they asked for it",
      "Notify @user.ae that they replied, he loves that",
    ])
      assert.match(JSON.stringify(planOf(text)), /they asked for it|he loves that/, text);
    assertRefused(["If they replied, they are happy, send 'X'"]);
  });

  test("PA-407 what is said again of a time that stands in the text carries nothing, and another time is none", () => {
    assertSame(
      [
        "Wait 2 weeks, then send 'X'. so 2 weeks is good",
        "I reckon two weeks is long enough. Wait 2 weeks, then send 'X'.",
      ],
      "Wait 2 weeks, then send 'X'.",
    );
    assertRefused(["Wait 2 weeks, then send 'X'. so 3 weeks is good"]);
  });
});

test("PA-549 a heading may count its touches, begin with an ordinal and name the mail that is sent behind it, and what is sent is no remark", () => {
  assertMeans({
    "Clinic outreach, 4 touches:\nSend 'A'": "Send 'A'",
    "First response macro: send 'A', then wait 48 hours": "Send 'A', then wait 48 hours",
    "Power hour prep: weekdays at 8:15am find contacts in Rome":
      "Weekdays at 8:15am find contacts in Rome",
    "Inbound policy. When someone submits the form, send 'A'":
      "When someone submits the form, send 'A'",
    "Welcome email: send 'A', then wait 3 days.": "Send 'A', then wait 3 days.",
    "First touch email: send 'A'. Day 3 email: send 'B'.": "Send 'A'. Day 3: send 'B'.",
    "Find contacts in Rome. An email is sent to them.": "Find contacts in Rome. Send an email.",
    "Find contacts in Rome. A notification is sent to me.": "Find contacts in Rome. Notify me.",
  });
  assertRefused([
    "VIP email: send 'A'.",
    "VPs, 3 emails: send 'A'.",
    "Next Monday macro: send 'A'.",
    "Find contacts in Rome, an email is sent to them.",
  ]);
});
