import assert from "node:assert/strict";

import type { Condition } from "#domain/plan.ts";

import { parseOffline } from "../offline.ts";

/** A condition in one line: `(a == "x" & !(b exists | c > 3))`. */
export function write(condition: Condition): string {
  if ("all" in condition) return `(${condition.all.map(write).join(" & ")})`;
  if ("any" in condition) return `(${condition.any.map(write).join(" | ")})`;
  if ("not" in condition) return `!${write(condition.not)}`;
  const { field, operator, value } = condition;
  return value === undefined ? `${field} ${operator}` : `${field} ${operator} ${String(value)}`;
}

/** What the first search, skip or if of a text asks. */
function conditionOf(text: string): string {
  const parsed = parseOffline(text);
  if ("error" in parsed) return `refused: ${parsed.error.details[0]?.text ?? ""}`;
  for (const { type, params } of parsed.plan.steps) {
    if (type === "if" || type === "skip") return write(params);
    if (type.startsWith("search_")) {
      const { limit, ...condition } = params as { limit?: number };
      const said = write(condition as Condition);
      return limit === undefined ? said : `${said} limit ${limit}`;
    }
  }
  return "none";
}

/** A test that each of these texts asks what stands beside it. */
export function says(cases: Readonly<Record<string, string>>): () => void {
  return () => {
    const got = Object.fromEntries(Object.keys(cases).map((text) => [text, conditionOf(text)]));
    assert.deepEqual(got, cases);
  };
}
