import assert from "node:assert/strict";
import { test } from "node:test";

import { assertRefused, assertSame } from "./testing-plans.ts";
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
  const slips =
    "frist coud woudl realy feild adress anohter belive carefull somehting settel tho cuz adn";
  for (const slip of slips.split(" ")) assert.notEqual(wordOf(slip), slip, slip);
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
