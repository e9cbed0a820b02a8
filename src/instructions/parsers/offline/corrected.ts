import type { Condition, PlanStep } from "#domain/plan.ts";

import { joinAll } from "./conditions/scope.ts";
import { searchedBy } from "./narrowing.ts";
import type { Token } from "./tokens.ts";

/**
 * A step with what corrects it: the rest of it stays. "Find contacts in Rome with status Hot, no wait, with status Cold" still asks
 * for Rome. Undefined where it is open what the correction takes the place of.
 */
export function correctedStep(last: PlanStep, step: PlanStep, first: Token): PlanStep | undefined {
  if (searchedBy(last) !== undefined) return correctedSearch(last, step, first);
  return { ...last, ...step, params: { ...last.params, ...step.params } } as PlanStep;
}

type Searched = Condition & { readonly limit?: number };

function correctedSearch(last: PlanStep, step: PlanStep, first: Token): PlanStep | undefined {
  const { limit: limitBefore, ...asked } = last.params as Searched;
  const { limit = limitBefore, ...said } = step.params as Searched;
  const kept = conditionsOf(asked);
  const isNamed = first.kind === "word" && !first.isCapital;
  if (kept.length > 1 && !isNamed) return undefined;
  for (const condition of conditionsOf(said)) {
    const alike = kept.filter((one) => fieldOf(one) === fieldOf(condition));
    const [before] = alike;
    if (before === undefined || alike.length > 1) return undefined;
    kept[kept.indexOf(before)] = condition;
  }
  const whole = kept.length === 0 ? {} : joinAll(kept);
  const params = { ...whole, ...(limit !== undefined && { limit }) };
  return { ...step, params } as PlanStep;
}

function conditionsOf(condition: Condition): Condition[] {
  if ("all" in condition) return [...condition.all];
  return Object.keys(condition).length === 0 ? [] : [condition];
}

/** What a condition asks; of several joined in another way than by "and", all their words. */
function fieldOf(condition: Condition): string {
  return "field" in condition ? condition.field : JSON.stringify(condition);
}
