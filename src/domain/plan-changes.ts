/** From where on a plan is another one. */
import { type PlacedStep, type Plan, walkPlan } from "./plan.ts";

export const placesOf = (plan: Pick<Plan, "steps"> | null): readonly PlacedStep[] =>
  plan === null ? [] : [...walkPlan(plan)];

/** What makes a step that step, wherever its words stand. */
export const wordsOf = ({ path, planStep: { type, params } }: PlacedStep): string =>
  JSON.stringify([path, type, params]);

/** From the first step on that is another one now: what follows it may mean something else, too. */
export function changedSteps(before: Plan | null, now: Plan | null): readonly string[] {
  const steps = placesOf(before);
  const words = placesOf(now).map(wordsOf);
  const first = steps.findIndex((step, index) => wordsOf(step) !== words[index]);
  return first === -1 ? [] : steps.slice(first).map(({ path }) => path);
}

/** Whether both would do the same: what is only added at the end is a difference, too. */
export function doSame(before: Plan | null, now: Plan | null): boolean {
  const count = placesOf(before).length === placesOf(now).length;
  return count && changedSteps(before, now).length === 0;
}
