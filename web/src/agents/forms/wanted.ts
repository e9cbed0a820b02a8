/** What each act of a form wants of the words. */
import { type Plan, type PlanStep, type Trigger, type Verb, walkPlan } from "#domain/plan.ts";

import { addSentence, type Edit } from "../edits.ts";
import { waysToSayTrigger } from "./rewrite-trigger.ts";
import { pairAt, sayPair, type Wanted, waysToRemove, waysToSay, withStep } from "./rewrite.ts";
import { sayStep, sayTrigger } from "./say.ts";

/** What a plan and its text are before the change. */
export interface Written {
  readonly text: string;
  readonly plan: Plan;
}

export function stepAt(plan: Plan, path: string): PlanStep | undefined {
  return [...walkPlan(plan)].find((placed) => placed.path === path)?.planStep;
}

const SUBJECTS: Partial<Record<Verb, "contacts" | "companies" | "deals">> = {
  search_contacts: "contacts",
  search_companies: "companies",
  search_deals: "deals",
};

/** What is worked on where a step stands: whatever was searched last before it. */
function subjectAt(plan: Plan, path: string): "contacts" | "companies" | "deals" {
  let subject: "contacts" | "companies" | "deals" = "contacts";
  for (const placed of walkPlan(plan)) {
    if (placed.path === path) break;
    subject = SUBJECTS[placed.planStep.type] ?? subject;
  }
  return subject;
}

export function wantChanged({ text, plan }: Written, path: string, step: PlanStep): Wanted {
  const subject = subjectAt(plan, path);
  const words = sayStep(step, subject);
  return {
    plan: withStep(plan, path, step),
    ways: [...waysToSay(text, step, words), ...asPair({ text, plan }, path, words)],
    words,
  };
}

export function wantRemoved({ text, plan }: Written, path: string): Wanted {
  const step = stepAt(plan, path);
  const ways = step === undefined ? [] : waysToRemove(text, step);
  return {
    plan: withStep(plan, path, undefined),
    ways: [...ways, ...asPair({ text, plan }, path, undefined)],
    words: "",
  };
}

/** Where one clause says a wait and an `if`, both are said, one of them anew or no more. */
function asPair({ text, plan }: Written, path: string, words: string | undefined): readonly Edit[] {
  const step = stepAt(plan, path);
  const pair = step && pairAt(plan.steps, step);
  if (pair === undefined) return [];
  const subject = subjectAt(plan, path);
  if (step === pair.wait) return [sayPair(text, pair, words, sayStep(pair.decision, subject))];
  // Without the decision there is nothing to do in its branches either.
  return words === undefined ? [] : [sayPair(text, pair, sayStep(pair.wait, subject), words)];
}

export function wantAdded({ text, plan }: Written, step: PlanStep): Wanted {
  const words = sayStep(step, subjectAt(plan, ""));
  const added = { ...plan, steps: [...plan.steps, step] };
  const ways = [onALine(text, words), addSentence(text, words)];
  return { plan: added, ways: text.includes("\n") ? ways : ways.toReversed(), words };
}

/** On a line of its own, where the text has lines. */
function onALine(text: string, words: string): Edit {
  const kept = text.trimEnd();
  return { start: kept.length, end: text.length, text: kept === "" ? words : `\n${words}` };
}

export function wantTrigger({ text, plan }: Written, trigger: Trigger | undefined): Wanted {
  const words = trigger === undefined ? undefined : sayTrigger(trigger);
  const { trigger: _old, ...steps } = plan;
  return {
    plan: trigger === undefined ? steps : { ...steps, trigger },
    ways: waysToSayTrigger(text, plan, words),
    words: words ?? "",
  };
}
