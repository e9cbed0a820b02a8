import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { askedWords, collectWords } from "./words.ts";

function wordsOf(text: string): readonly string[] {
  const words = new Set<string>();
  collectWords(text, words);
  return [...words];
}

const finds = (search: string, text: string): boolean =>
  askedWords(search).every((asked) => wordsOf(text).some((word) => word.startsWith(asked)));

test("SE-1 an address is found whole, by its name, by its host and by how any of them begins", () => {
  const text = "Mail to <Jane.Roe+news@mail.acme.com> was refused";
  const searches = ["jane.roe+news@mail.acme.com", "JANE", "roe", "news", "mail.acme", "acme.com"];
  for (const search of [...searches, "jane.roe+news@mail.ac", "@acme.com", "ref"]) {
    assert.ok(finds(search, text), search);
  }
  for (const search of ["ane", "cme.com", "jane@acme.com"]) assert.ok(!finds(search, text), search);
});

test("SE-1 an id is found whole, by how it begins and by its last letters, as lists show them", () => {
  const id = "run_0198c2d4-1b2c-7def-8123-456789abcdef";
  for (const search of [id, "run_0198c2", "89abcdef", id.toUpperCase()]) {
    assert.ok(finds(search, `started by ${id}.`), search);
  }
  assert.equal(wordsOf(id).length, 2);
});

test("SE-1 case and diacritics do not count, and numbers and dates are words", () => {
  for (const [search, text] of [
    ["cafe", "Café"],
    ["CAFÉ", "cafe"],
    ["ÖZLEM", "özlem"],
    ["istanbul", "İSTANBUL"],
    ["москва", "Москва"],
    ["1234.5", "paid 1234.50 EUR"],
    ["2026-01", "on 2026-01-05"],
  ] as const) {
    assert.ok(finds(search, text), search);
  }
});

const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({ unit: fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
);

test("SE-1 every beginning of every word of a text finds the text", () => {
  fc.assert(
    fc.property(anyText, fc.nat(), (text, cut) => {
      const words = wordsOf(text);
      for (const word of words) {
        const letters = Array.from(word);
        const begin = letters.slice(0, 1 + (cut % letters.length)).join("");
        for (const asked of askedWords(begin)) {
          assert.ok(
            words.some((one) => one.startsWith(asked)),
            begin,
          );
        }
      }
    }),
  );
});

test("SE-1 a word is what the index can hold as one: without spaces and quotes", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const word of [...wordsOf(text), ...askedWords(text)])
        assert.doesNotMatch(word, /[\s"*\0]/);
    }),
  );
});
