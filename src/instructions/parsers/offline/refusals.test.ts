import assert from "node:assert/strict";
import { test } from "node:test";

import { parseOffline } from "../offline.ts";
import { assertMeans, assertRefused } from "./testing-plans.ts";
import { readTokens } from "./tokens.ts";

const wordOf = (text: string): string => readTokens(text)[0]?.word ?? "";

function refusalOf(text: string): string {
  const parsed = parseOffline(text);
  if (!("error" in parsed)) return "understood";
  const [detail] = parsed.error.details;
  return `${detail?.text}: ${detail?.reason}. ${detail?.suggestion}`;
}

test("PA-152 a refusal names the clause, says why and suggests the nearest thing that can be done", () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ["Find contacts in London. Greet them warmly.", /^Greet them warmly: .*'Intro' email/],
    ["Serch the moon", /Did you mean "search"\?/],
    ["Increase the lead score by 10", /does not count.*set the lead score to 50/],
    ["Pull the 10 biggest deals", /does not sort.*limit 10/],
    ["Find big deals", /has no number.*more than 500/],
    ["If the email bounced, stop", /bounced or was clicked is not known/],
    ["Send the 'A' email, then wait until they open it", /lasts for a time/],
    ["Text them on WhatsApp", /no other messages/],
    ["Clear the phone field", /^Clear the phone field: None of the actions/],
  ];
  for (const [text, expected] of cases) assert.match(refusalOf(text), expected, text);
});

test("PA-159 slips of the pen are put right to a bound, and names and fields are none", () => {
  for (const right of ["evry", "emial", "contcats", "creatd", "folow", "wensday"])
    assert.notEqual(wordOf(right), right, right);
  const names = "acme sage vale hans summit starter pending persona champion oslo fintech partner";
  for (const name of names.split(" ")) assert.equal(wordOf(name), name, name);
});

test("PA-153 what is quoted, a name or a field's value is never put right, whatever it looks like", () => {
  const parsed = parseOffline(
    "Find contacts at Serch Labs with status Emial. Tag them 'Contcats' and set the title to Mangaer",
  );
  assert.ok("plan" in parsed, JSON.stringify(parsed));
  const said = JSON.stringify(parsed.plan);
  for (const word of ["Serch Labs", "Emial", "Contcats", "Mangaer"])
    assert.ok(said.includes(word), said);
});

test("PA-570 an English word that means something else is no slip of a word of the grammar", () => {
  assertRefused(
    ["subscribe them", "clone them", "charge them", "repay them", "test them", "delegate them"].map(
      (act) => `Find contacts in Rome and ${act}.`,
    ),
  );
  assertMeans({
    "crate a task: Call Ann": "Create a task: Call Ann.",
    "Find contatcs in Rome": "Find contacts in Rome.",
  });
});
