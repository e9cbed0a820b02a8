/** Which executions may go on with another plan: those that would have come to the same place with it. */
import { changedSteps, placesOf } from "#domain/plan-changes.ts";
import type { Plan } from "#domain/plan.ts";
import type { Moving } from "#engine/moving.ts";

import type { AutomationInput } from "./input.ts";
import { isSearch, needsEntity, segmentsOf } from "./segments.ts";

/** What a saved agent hands over to executions that go on with it. */
export type MovedTo = Pick<AutomationInput, "plan" | "agentVersion">;

export const moving: Moving<AutomationInput> = {
  may: (input, given, done) => mayMove(input.plan, (given as MovedTo).plan, done),
  apply: (input, given) => {
    const { plan, agentVersion } = given as MovedTo;
    return { ...input, plan, agentVersion };
  },
};

/** Nothing that was done is another step now, and the searches, by which journeys are told apart, stand where they stood. */
function mayMove(before: Plan | null, next: Plan | null, done: ReadonlySet<string>): boolean {
  if (before === null || next === null || partsOf(before) !== partsOf(next)) return false;
  return !changedSteps(before, next).some((path) => done.has(path));
}

/** Where selections begin, and which parts of the plan need one. */
function partsOf(plan: Plan): string {
  const searches = placesOf(plan).flatMap(({ path, planStep }) =>
    isSearch(planStep) ? [path, planStep.type] : [],
  );
  return JSON.stringify([
    searches,
    segmentsOf(plan).map(({ search, steps }) => search !== undefined || needsEntity(steps)),
  ]);
}
