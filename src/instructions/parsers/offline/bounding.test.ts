import { test } from "node:test";

import { assertRefused } from "./testing-plans.ts";

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
