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
  assert.equal(resolve("@@@contact.firstName"), "@John");
  assert.equal(resolve("@@@@contact.firstName"), "@@contact.firstName");
  assert.equal(resolve("@memory.note"), "@contact.firstName");
});

test("PL-20 a missing value takes the fallback written, else the workspace's, else it is told and left out", () => {
  assert.equal(
    resolve('Hi @contact.lastName|there, @contact.lastName|"my friend"'),
    "Hi there, my friend",
  );
  assert.deepEqual(resolveText("Hi @contact.nick!", look, { fallbackOf: () => "friend" }), {
    text: "Hi friend!",
    missing: [],
  });
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

test("VA-4 a variable is known by its root in any case, at a sentence's end, and where a space is missing", () => {
  assert.equal(resolve("@Contact.firstName, @CONTACT.firstName"), "John, John");
  assert.equal(resolve("Hi @contact.firstName. Bye."), "Hi John. Bye.");
  assert.equal(resolve("Dear @contact.firstName.Thanks"), "Dear John.Thanks");
  assert.equal(resolve("Hi@contact.firstName -@contact.firstName"), "HiJohn -John");
  assert.equal(resolve("ann@contact.com, ann@form.io"), "ann@contact.com, ann@form.io");
});

test("VA-5 a contact, company or deal alone is its name", () => {
  const named: Look = (field) =>
    field === "company.name" ? { known: true, value: "Acme" } : look(field);
  assert.equal(
    resolveText("Ask @company. Or @companies, @user", named).text,
    "Ask Acme. Or @companies, @user",
  );
  assert.deepEqual(resolveText("Call @contact", named).missing, ["@contact"]);
});

test("VA-6 fallbacks may be quoted in every way; the workspace's stands where the text names none", () => {
  const fallbackOf = (name: string): string | undefined =>
    name === "contact.nick" ? "friend" : undefined;
  const filled = (text: string): string => resolveText(text, look, { fallbackOf }).text;
  assert.equal(filled("@contact.nick|'my pal'!"), "my pal!");
  assert.equal(filled("@contact.nick|“my pal”!"), "my pal!");
  assert.equal(filled("@contact.nick!"), "friend!");
  assert.equal(filled("@contact.nick|there!"), "there!");
  assert.equal(filled('Hi @contact.nick|""!'), "Hi !");
  assert.equal(filled('Hi @contact.nick|"@contact.firstName II"!'), "Hi John II!");
});

test("VA-7 values are written and made harmless as the text asks; what the author wrote stays", () => {
  const escape = (value: string): string => value.replaceAll("&", "&amp;");
  const odd: Look = () => ({ known: true, value: "A&B" });
  assert.equal(resolveText("@company.name & co", odd, { escape }).text, "A&amp;B & co");
  const show = (): string => "shown";
  assert.equal(resolveText("@deal.closeDate", odd, { show }).text, "shown");
});

const anyName = fc.constantFrom(
  "contact.firstName",
  "Contact.nick",
  "company.name",
  "company",
  "contact",
  "deal.custom.x",
  "search.results[0].title",
  "user.manager.email",
  "memory.a",
  "form.b_c",
);
const anyPiece = fc.oneof(
  fc.string().map((text) => text.replaceAll("@", "")),
  fc.constantFrom(" ", ".", ", ", "\n", "(", "|", "|x", '|"', "é", "1", "'s", "[0]", "[", ".a"),
);
const anyVariable = fc
  .tuple(anyName, fc.constantFrom("", "|there", '|"my friend"'))
  .map(([name, fallback]) => ` @${name}${fallback}`);

test("VA-8 however texts and variables are joined, none of the known roots is left in what is sent", () => {
  const anyText = fc.array(fc.oneof(anyPiece, anyVariable), { maxLength: 8 });
  const anyKnown = fc.dictionary(anyName, fc.constantFrom("", "Jo", null), {
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(anyText, anyKnown, fc.boolean(), (pieces, known, isGeneral) => {
      const text = pieces.join("");
      const seen: Look = (field) =>
        Object.hasOwn(known, field)
          ? { known: true, value: known[field] ?? null }
          : { known: false };
      const filling = isGeneral ? { fallbackOf: () => "friend" } : {};
      const result = resolveText(text, seen, filling);
      assert.deepEqual(findVariables(result.text), []);
      if (isGeneral) assert.deepEqual(result.missing, []);
    }),
  );
});

test("VA-39 a megabyte of anything that looks like variables is filled in within a second", () => {
  const half = 500_000;
  for (const part of [".a", "@", "@contact", "@contact.x|", '@contact.x|"', "[0]"]) {
    const text = `@contact${part.repeat(half / part.length)}`;
    const before = performance.now();
    resolveText(text, look);
    assert.ok(performance.now() - before < 1000, part);
  }
});
