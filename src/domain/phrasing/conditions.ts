import type { Condition } from "../plan.ts";
import { phraseComparison, type Place } from "./comparisons.ts";
import { PLAIN, type Style } from "./style.ts";

/** A condition in words: "the contact replied and (the deal's value is over 5000 or …)". */
export function phraseCondition(condition: Condition, place: Place, style: Style = PLAIN): string {
  if ("not" in condition) return phraseNot(condition.not, place, style);
  if ("all" in condition) return phraseGroup(condition.all, "and", place, style);
  if ("any" in condition) return phraseGroup(condition.any, "or", place, style);
  return phraseComparison(condition, false, place, style);
}

function phraseNot(condition: Condition, place: Place, style: Style): string {
  if ("field" in condition) return phraseComparison(condition, true, place, style);
  return `not (${phraseCondition(condition, place, style)})`;
}

function phraseGroup(
  conditions: readonly Condition[],
  link: "and" | "or",
  place: Place,
  style: Style,
): string {
  const parts = conditions.map((condition) => {
    const words = phraseCondition(condition, place, style);
    return conditions.length > 1 && isGroup(condition) ? `(${words})` : words;
  });
  return parts.join(` ${link} `);
}

/** What holds an "and" or an "or" of its own: a list of values does, too. */
function isGroup(condition: Condition): boolean {
  if ("field" in condition) return condition.operator === "in" && Array.isArray(condition.value);
  if ("not" in condition) return isGroup(condition.not) && "field" in condition.not;
  return ("all" in condition ? condition.all : condition.any).length > 1;
}
