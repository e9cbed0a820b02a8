import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import type { Look } from "./conditions.ts";
import { findVariables, resolveText } from "./variables.ts";

const FIELDS: Readonly<Record<string, string | number>> = {
  "contact.firstName": "John",
  "contact.custom.leadScore": 85,
  "search.results[0].title": "Acme raises",
  "memory.note": "@contact.firstName",
};
const look: Look = (field) => {
  const value = FIELDS[field];
  return value === undefined ? { known: false } : { known: true, value };
};
const resolve = (text: string): string => resolveText(text, look).text;

test("PL-18 variables resolve in a text, whatever stands around them", () => {
  assert.equal(resolve("Hi @contact.firstName, (@contact.custom.leadScore)."), "Hi John, (85).");
  assert.equal(resolve("@search.results[0].title: @contact.firstName's."), "Acme raises: John's.");
  assert.deepEqual(findVariables("Hi @contact.firstName|there."), [
    { name: "contact.firstName", fallback: "there", start: 3, end: 27 },
  ]);
});

test("PL-19 an address is no variable, a doubled @ is the text itself, and a value is never looked through", () => {
  for (const text of ["write to a@contact.com", "@acme", "ann@user.example"])
    assert.equal(resolve(text), text);
  assert.equal(resolve("@@contact.firstName"), "@contact.firstName");
  assert.equal(resolve("@memory.note"), "@contact.firstName");
});

test("PL-20 a missing value takes the fallback written, else the workspace's, else it is told and left out", () => {
  assert.equal(
    resolve('Hi @contact.lastName|there, @contact.lastName|"my friend"'),
    "Hi there, my friend",
  );
  assert.deepEqual(
    resolveText("Hi @contact.nick!", look, () => "friend"),
    { text: "Hi friend!", missing: [] },
  );
  assert.deepEqual(resolveText("Hi @contact.nick, @contact.nick", look), {
    text: "Hi , ",
    missing: ["@contact.nick"],
  });
});

test("PL-21 a text without variables comes back as it is", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!text.includes("@"));
      assert.deepEqual(resolveText(text, look), { text, missing: [] });
    }),
  );
});
