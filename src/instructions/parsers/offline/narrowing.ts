import type { Condition, PlanStep } from "#domain/plan.ts";

import { joinAll, placeIn } from "./conditions/scope.ts";
import type { Kind } from "./readers/fields.ts";
import { wordTable } from "./word-table.ts";

const SEARCHED: Readonly<Record<string, Kind>> = wordTable({
  search_contacts: "contact",
  search_companies: "company",
  search_deals: "deal",
});

export function searchedBy(planStep: PlanStep): Kind | undefined {
  return SEARCHED[planStep.type];
}

/** The search with one condition more, of the searched one's own fields. */
export function narrowed(search: PlanStep, condition: Condition): PlanStep {
  const { limit, ...before } = search.params as Condition & { readonly limit?: number };
  const conditions = Object.keys(before).length === 0 ? [] : [before];
  const params = { ...joinAll([...conditions, condition]), ...(limit !== undefined && { limit }) };
  return { ...search, params } as PlanStep;
}

/** "Find CFOs in Berlin, but only if they have an email": what is asked of those who are searched for is searched for. */
export function narrowedBy(search: PlanStep, condition: Condition): PlanStep | undefined {
  const kind = searchedBy(search);
  return kind === undefined ? undefined : narrowed(search, placeIn(condition, kind));
}
