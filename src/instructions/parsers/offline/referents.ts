import type { PlanStep } from "#domain/plan.ts";
import { walkPlan } from "#domain/plan.ts";

import { KINDS } from "./clauses/field-targets.ts";
import type { Kind } from "./readers/fields.ts";
import type { Reading } from "./reading.ts";
import { type Source, tokenAt } from "./source.ts";

const FURTHEST = 40;

/** Whom "it" and "its" mean at a place: the contact, company or deal that was named last before it. */
export function referentOf({ subject }: Reading, source: Source, at: number): Kind {
  for (let before = at - 1; before >= Math.max(0, at - FURTHEST); before--) {
    const { kind, word } = tokenAt(source, before);
    const named = kind === "word" ? KINDS[word.replace(/\..*$/, "")] : undefined;
    if (named !== undefined) return named;
  }
  return subject;
}

/** The field that was set last, where nothing else was done since. */
export function lastSetting(steps: readonly PlanStep[]): PlanStep | undefined {
  const last = [...walkPlan({ steps: [...steps] })].findLast(
    ({ planStep: { type } }) => type !== "wait" && type !== "if",
  )?.planStep;
  return last?.type === "update_field" ? last : undefined;
}

/** The email that was sent last, for "send it again". */
export function lastMail(steps: readonly PlanStep[]): PlanStep | undefined {
  return [...walkPlan({ steps: [...steps] })].findLast(
    ({ planStep }) => planStep.type === "send_email",
  )?.planStep;
}
