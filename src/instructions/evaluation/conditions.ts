import type { Comparison, Condition, Operator } from "#domain/plan.ts";

import { bareField, bareText } from "./texts.ts";
import { secondsOf } from "./values.ts";

const OPPOSITE: Partial<Record<Operator, Operator>> = {
  "==": "!=",
  "!=": "==",
  ">": "<=",
  "<=": ">",
  "<": ">=",
  ">=": "<",
};

/** What a search without a condition asks for. */
const EVERYTHING = "everything";

/**
 * A condition in the one text that all ways of writing it share: what is nested alike is flattened and sorted, `not`
 * stands at the comparisons or is their opposite, flags are true or false, `in` a list is `any`.
 */
export function canonicalCondition(condition: object, isNot = false): string {
  const given = condition as Partial<Record<string, unknown>>;
  if (given["not"] !== undefined) return canonicalCondition(given["not"] as Condition, !isNot);
  if (given["all"] !== undefined)
    return canonicalGroup("all", given["all"] as readonly Condition[], isNot);
  if (given["any"] !== undefined)
    return canonicalGroup("any", given["any"] as readonly Condition[], isNot);
  if (given["field"] === undefined) return EVERYTHING;
  return canonicalComparison(condition as Comparison, isNot);
}

type Join = "all" | "any";

function canonicalGroup(join: Join, conditions: readonly Condition[], isNot: boolean): string {
  const [only] = conditions;
  if (only !== undefined && conditions.length === 1) return canonicalCondition(only, isNot);
  const joined = isNot ? (join === "all" ? "any" : "all") : join;
  const parts = conditions.flatMap((part) => {
    const text = canonicalCondition(part, isNot);
    return text.startsWith(`${joined}(`) ? text.slice(joined.length + 1, -1).split(" & ") : [text];
  });
  return `${joined}(${[...new Set(parts)].toSorted().join(" & ")})`;
}

function canonicalComparison(comparison: Comparison, isNot: boolean): string {
  const { field, operator, value } = comparison;
  if (operator === "in" && Array.isArray(value)) {
    const any = value.map((item): Condition => ({ field, operator: "==", value: item }));
    return canonicalCondition({ any }, isNot);
  }
  if (typeof value === "boolean" && (operator === "==" || operator === "!="))
    return `${bareField(field)} is ${(value === (operator === "==")) !== isNot}`;
  const opposite = isNot ? OPPOSITE[operator] : undefined;
  const not = isNot && opposite === undefined ? "not " : "";
  return `${not}${bareField(field)} ${opposite ?? operator} ${bareValue(comparison)}`.trim();
}

function bareValue({ operator, value }: Comparison): string {
  if (operator === "exists" || value === undefined) return "";
  if (Array.isArray(value)) return value.map(bareText).toSorted().join("|");
  const seconds = secondsOf(value);
  return seconds === undefined ? bareText(value) : `${seconds}s`;
}
