import assert from "node:assert/strict";
import { test } from "node:test";

import { assertMeans, assertRefused, assertSame } from "./testing-plans.ts";
import { readTokens } from "./tokens.ts";

const wordOf = (text: string): string => readTokens(text)[0]?.word ?? "";

test("PA-400 who is spoken to by name carries nothing, whatever the name, before an act, a trigger, a condition or a request", () => {
  assertSame(
    [
      "Mike, send 'X'.",
      "Sara could you send 'X'?",
      "Lena, pls send 'X'",
      "Hey Fay, send 'X'.",
      "hey mike, send 'X'",
      "hi @all, send 'X'",
      "@team send 'X' please",
      "Will, send 'X'.",
      "Sara and Tom, can you send 'X'?",
      "Jean-Luc, we just launched a new product. Send 'X'.",
      "Hey what's up. Send 'X'.",
    ],
    "Send 'X'.",
  );
  assertSame(
    ["Mike, whenever a contact replies, notify me."],
    "When a contact replies, notify me.",
  );
  assertSame(["Nina, if they replied, notify me."], "If they replied, notify me.");
});

test("PA-401 where somebody is searched for, acted on or stands for a company, nobody is spoken to", () => {
  assertRefused([
    "Acme, Globex: send 'X'.",
    "Acme, send 'A'. Globex, send 'B'.",
    "London, send 'X'.",
    "Germany, send 'X'.",
    "Mike, polish the trophies. Send 'X'.",
    "@company, send 'X'.",
    "@contact.firstName, send 'X'.",
    "Bakers, send 'X'.",
  ]);
  assertSame(["Founders, send 'X'."], "Find Founders. Send 'X'.");
});

test("PA-402 slips in small words are put right where a letter is missing or doubled or two are swapped, and other words are left", () => {
  const meant = {
    frist: "first",
    coud: "could",
    woudl: "would",
    realy: "really",
    feild: "field",
    adress: "address",
    anohter: "another",
    belive: "believe",
    carefull: "careful",
    somehting: "something",
    settel: "settle",
    tho: "though",
    cuz: "because",
    adn: "and",
  };
  const read = Object.fromEntries(Object.keys(meant).map((slip) => [slip, wordOf(slip)]));
  assert.deepEqual(read, meant);
  const words =
    "sage vale hans persona promise provide latter county oslo pairs sides Frits Coud-Labs acmee";
  for (const word of words.split(" ")) assert.equal(wordOf(word), word.toLowerCase(), word);
});

test("PA-403 contractions are read without their apostrophe where only they can be meant", () => {
  assertSame(
    [
      "thats it for now. send 'X'",
      "im thinking: send 'X'",
      "id like you to send 'X'",
      "ur a star. send 'X'",
    ],
    "send 'X'",
  );
  assertSame(["Find contacts whose id exists"], "Find contacts where id exists");
  assertSame(["If its stage is Won, notify me"], "If the deal's stage is Won, notify me");
});

test("PA-408 what is said behind who is one beside what stands before it, and a comparison said again needs no field", () => {
  assertMeans({
    "Find contacts in Chicago who've either opened the email or replied.":
      "Find contacts where city is Chicago and (opened the email or replied).",
    "Find contacts tagged VIP who opened the email or replied.":
      "Find contacts where tagged VIP and (opened the email or replied).",
    "Find contacts in Lyon or Lille whose source is Fair.":
      "Find contacts where (city is Lyon or city is Lille) and source is Fair.",
    "If the contact's title contains Founder or contains Owner, notify me.":
      "If the contact's title contains Founder or the contact's title contains Owner, notify me.",
  });
});

test("PA-409 a task's details told behind it belong to it, inside of an if, too", () => {
  assertMeans({
    "Create a task: Call Ann. It's due in 1 week, and it should be assigned to Tomasz.":
      "Create a task: Call Ann, due in 1 week, assigned to Tomasz.",
    "If they replied, tag them 'A'. Otherwise create a task: Call Ann. Assign it to Tomasz.":
      "If they replied, tag them 'A'. Otherwise create a task: Call Ann, assigned to Tomasz.",
  });
});

test("PA-410 times with their time, what comes in place of another, and words run together are read", () => {
  assertMeans({
    "Send 'X'. In three days' time, send 'Y'.": "Send 'X'. Wait 3 days. Send 'Y'.",
    "Send 'X'. In a week's time, send 'Y'.": "Send 'X'. Wait 1 week. Send 'Y'.",
    "Remove the tag 'A' and add 'B' in its place.": "Remove the tag 'A' and add the tag 'B'.",
    "Find companies in Rome. Enrich their contacts with Apollo.":
      "Find companies in Rome. Enrich the contacts with Apollo.",
    "Give me a list of contacts in Rome.": "Find contacts in Rome.",
    "No need to ask, just tag them 'A'.": "Tag them 'A'.",
    "Find deals worth more then $75k.": "Find deals worth more than $75k.",
    "Hand it of to @user.legal.": "Hand it off to @user.legal.",
    "Find deals worth atleast 60k.": "Find deals worth at least 60k.",
    "Can you set it up so that every Friday we find contacts in Rome?":
      "Every Friday find contacts in Rome.",
  });
});

test("PA-411 what whoever reads the text is to do by themselves is refused", () => {
  assertRefused(["Ring the contact yourself and read them the script, then tag them 'A'."]);
});
