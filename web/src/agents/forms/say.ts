/** Steps and triggers in the plain words that are written into the instructions. */
import { phrasePlan, phraseStep } from "#domain/phrasing/phrase.ts";
import type { PlanStep, Trigger } from "#domain/plan.ts";

const STOP: PlanStep = { type: "stop", params: {} };

/** Of an `if` its condition alone: "if they replied". */
export function sayStep(step: PlanStep, subject: Parameters<typeof phraseStep>[1]): string {
  if (step.type !== "if") return phraseStep(step, subject);
  const [condition = ""] = phraseStep({ ...step, then: [STOP], else: undefined }, subject).split(
    "\n",
  );
  return condition.replace(/:$/, "");
}

/** "Every weekday at 9 AM". */
export function sayTrigger(trigger: Trigger): string {
  const [words = ""] = phrasePlan({ trigger, steps: [STOP] }).split("\n");
  return words.replace(/:$/, "");
}
