import assert from "node:assert/strict";
import { test } from "node:test";

import { walkPlan } from "#domain/plan.ts";

import { parseOffline } from "../offline.ts";

const typesOf = (text: string): readonly string[] => {
  const parsed = parseOffline(text);
  assert.ok("plan" in parsed, `${text}: ${JSON.stringify(parsed)}`);
  return [...walkPlan(parsed.plan)].map(({ planStep }) => planStep.type);
};

test("PA-13 a prohibition with a condition is a skip right behind each search, wherever it was written", () => {
  const work = "Find contacts in London and send them the 'Intro' email.";
  for (const forbidden of [
    "Do not contact anyone at Acme.",
    "Don't email anyone tagged VIP.",
    "Never email anyone who replied.",
    "No emails to anyone at Acme.",
  ]) {
    const planned = ["search_contacts", "skip", "send_email"];
    assert.deepEqual(typesOf(`${work} ${forbidden}`), planned, `behind: ${forbidden}`);
    assert.deepEqual(typesOf(`${forbidden} ${work}`), planned, `before: ${forbidden}`);
    assert.deepEqual(typesOf(`${work} ${forbidden} ${work}`), [...planned, ...planned], forbidden);
    assert.deepEqual(typesOf(`Send the 'Intro' email. ${forbidden}`), ["skip", "send_email"]);
  }
});

test("PA-13 a prohibition behind a wait holds there too, for what has changed since the search", () => {
  const text =
    "Find contacts in London. Send 'A'. Wait 3 days. Don't email anyone who replied. Send 'B'.";
  assert.deepEqual(typesOf(text), [
    "search_contacts",
    "skip",
    "send_email",
    "wait",
    "skip",
    "send_email",
  ]);
});

test("PA-13 a prohibition of those who replied holds behind every wait, also written last or within the sentence", () => {
  for (const text of [
    "Find contacts in London. Send 'A'. Wait 3 days. Send 'B'. Don't email anyone who replied.",
    "Find contacts in London, send 'A', wait 3 days, send 'B', but don't email anyone who replied.",
    "Find contacts in London, send 'A', then 3 days later send 'B' but never email anyone who replied.",
  ]) {
    const planned = ["search_contacts", "skip", "send_email", "wait", "skip", "send_email"];
    assert.deepEqual(typesOf(text), planned, text);
  }
});

test("PA-13 a skip in so many words keeps its own place", () => {
  const text = "Find contacts in London. Send the 'Intro' email. Skip anyone who replied.";
  assert.deepEqual(typesOf(text), ["search_contacts", "send_email", "skip"]);
});

test("PA-13 a prohibition that hangs on a condition is refused by name", () => {
  for (const text of [
    "If they replied, tag them x. Otherwise send the 'Intro' email but never email anyone tagged VIP.",
    "Never email anyone tagged VIP if they replied. Send the 'Intro' email.",
  ]) {
    const parsed = parseOffline(text);
    assert.ok("error" in parsed, text);
    assert.match(parsed.error.details[0]?.text ?? "", /^never email anyone tagged VIP/i);
  }
});
