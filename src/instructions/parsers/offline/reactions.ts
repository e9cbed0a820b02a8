import type { Condition } from "#domain/plan.ts";

import { isWord, type Read, type Source, tokenAt } from "./source.ts";

/** Whether it speaks of what a contact did: replied, opened, opted out. */
export function isReaction(condition: Condition): boolean {
  if ("all" in condition) return condition.all.some(isReaction);
  if ("any" in condition) return condition.any.some(isReaction);
  if ("not" in condition) return isReaction(condition.not);
  return typeof condition.value === "boolean";
}

/** "who replied today": a plan does not know when, so "today" is not passed over as when something is to be done. */
export function isReactionToday(source: Source, { value, next }: Read<Condition>): boolean {
  return isWord(tokenAt(source, next), "today") && isReaction(value);
}
