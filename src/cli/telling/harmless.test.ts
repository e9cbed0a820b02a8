import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { harmless, harmlessInColour, oneLine } from "./harmless.ts";

const ESC = "\u001B";
const CONTROL = new RegExp(String.raw`[\u0000-\u0008\u000B-\u001F\u007F-\u009F]`);
const STYLE = new RegExp(String.raw`\u001B\[[\d;:]*m`, "g");

const CASES: readonly (readonly [string, string])[] = [
  [`${ESC}[31mred${ESC}[0m`, "red"],
  [`${ESC}]0;a title\u0007text`, "text"],
  [`${ESC}]8;;https://x.test${ESC}\\a link${ESC}]8;;${ESC}\\`, "a link"],
  [`${ESC}]52;c;ZXZpbA==\u0007copied`, "copied"],
  [`${ESC}[2J${ESC}[Hwiped`, "wiped"],
  [`${ESC}]0;never ends\nthe next line`, "]0;never ends\nthe next line"],
  ["one\r\ntwo\rthree", "one\ntwo\nthree"],
  ["hid\b\b\bden\u0000", "hidden"],
  ["\u009B31mC1 \u009D0;title\u009C", "C1 "],
  ["a\u202Eb\u2066c", "abc"],
  ["tabs\tand 日本 🙂 stay", "tabs\tand 日本 🙂 stay"],
];

test("CL-71 what an agent prints can move no cursor, set no title, reach no clipboard and hide no text", () => {
  for (const [given, wanted] of CASES) assert.equal(harmless(given), wanted);
  assert.equal(oneLine(` a\n\n${ESC}[1mb\t c `), "a b c");
});

const noise = fc.array(
  fc.constantFrom(
    ESC,
    "[",
    "]",
    "0",
    ";",
    "m",
    "P",
    "\\",
    "\u0007",
    "\u009B",
    "\r",
    "\n",
    "x",
    "é",
  ),
);

test("CL-71 whatever comes, no control is left but line breaks and tabs, and no line is lost", () => {
  fc.assert(
    fc.property(noise, (parts) => {
      const text = parts.join("");
      const clean = harmless(text);
      assert.doesNotMatch(clean, CONTROL);
      assert.equal(clean.split("\n").length, text.replaceAll(/\r\n?/g, "\n").split("\n").length);
    }),
  );
});

test("CL-71 colours of a program pass where they are wanted, and end with their line", () => {
  assert.equal(
    harmlessInColour(`${ESC}[1;31mred\nplain${ESC}[2J`),
    `${ESC}[1;31mred${ESC}[0m\nplain`,
  );
  assert.equal(harmlessInColour(`${ESC}[1;8mnever hidden`), "never hidden");
  fc.assert(
    fc.property(noise, (parts) => {
      const clean = harmlessInColour(parts.join(""));
      assert.doesNotMatch(clean.replaceAll(STYLE, ""), CONTROL);
    }),
  );
});
