import assert from "node:assert/strict";
import { test } from "node:test";

import { evaluateCondition } from "#domain/conditions.ts";
import type { Comparison } from "#domain/plan.ts";
import { resolveText } from "#domain/variables.ts";

import { formField, searchField, userField } from "./roots.ts";

const RESULTS = JSON.stringify([
  { title: "Acme raises", snippet: "10 million", url: "https://news.test/1" },
  { title: "Acme hires" },
]);
const look = (field: string) => searchField(RESULTS, field);

test("VA-32 search results are read by place and part, counted, and listed; none are empty and not unknown", () => {
  const text = "@search.results[0].title: @search.results[0].snippet (@search.results.count)";
  assert.equal(resolveText(text, look).text, "Acme raises: 10 million (2)");
  assert.equal(
    resolveText("@search.results", look).text,
    "Acme raises (https://news.test/1)\nAcme hires",
  );
  assert.deepEqual(resolveText("@search.results[2].title", look).missing, [
    "@search.results[2].title",
  ]);
  const moment = { now: 0, zone: "UTC" };
  const holds = (comparison: Comparison, kept: string | undefined): string =>
    evaluateCondition(comparison, (field) => searchField(kept, field), moment).outcome;
  const exists = { field: "search.results", operator: "exists" } as const;
  assert.deepEqual(
    [holds(exists, RESULTS), holds(exists, undefined), holds(exists, "[]")],
    ["true", "false", "false"],
  );
  const about = { field: "search.results", operator: "contains", value: "raises" } as const;
  assert.deepEqual([holds(about, RESULTS), holds(about, undefined)], ["true", "false"]);
  const many = { field: "search.results.count", operator: ">", value: 1 } as const;
  assert.deepEqual([holds(many, RESULTS), holds(many, undefined)], ["true", "false"]);
  assert.deepEqual(look("search.nonsense"), { known: false });
});

test("VA-33 a form's fields are read however they are spelled; one that was left out is empty", () => {
  const form = { first_name: "Bo", "address.city": "Oslo" };
  const value = (...path: readonly string[]) => formField(form, path);
  assert.deepEqual(value("firstName"), { known: true, value: "Bo" });
  assert.deepEqual(value("address", "city"), { known: true, value: "Oslo" });
  assert.deepEqual(value("budget"), { known: true, value: null });
  assert.deepEqual(value("first_name", "Thanks"), { known: false });
  assert.deepEqual(formField(undefined, ["x"]), { known: true, value: null });
});

test("VA-34 a person has a name, a first name and an address; nobody else is known", () => {
  const named = (name: string) =>
    name === "boss" ? { name: "Olga Owner", email: "olga@acme.test" } : undefined;
  const value = (...path: readonly string[]) => userField(named, path);
  assert.deepEqual(value("boss"), { known: true, value: "Olga Owner" });
  assert.deepEqual(value("boss", "first_name"), { known: true, value: "Olga" });
  assert.deepEqual(value("boss", "email"), { known: true, value: "olga@acme.test" });
  assert.deepEqual(value("boss", "phone"), { known: false });
  assert.deepEqual(value("clerk"), { known: false });
});
