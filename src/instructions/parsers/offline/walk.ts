import { refuseWait } from "#domain/durations.ts";
import type { PlanStep } from "#domain/plan.ts";

import { boundaryAt } from "./boundaries.ts";
import { addSteps, fault, type Reading, spanOf } from "./reading.ts";
import { explain } from "./refusals.ts";
import type { Source } from "./source.ts";

/** A place in a sentence, and how the if around it was opened. */
export interface Walk {
  readonly reading: Reading;
  readonly source: Source;
  /** The scopes that were open when the sentence began. */
  readonly base: number;
  at: number;
  /** Whether arrows lead on inside the if ("no reply -> tag -> stop"). */
  isArrowScope: boolean;
  /** Whether a question opened the if: "found? tag them : stop". */
  isAsked: boolean;
  /** Whether a time stood right before, so that a clause may leave out its verb. */
  isTimed: boolean;
  /** What is done behind the clause that is read next: "before sending …, enrich them". */
  pending?: Pending | undefined;
}

export interface Pending {
  readonly from: number;
  readonly steps: readonly PlanStep[];
}

export function addWait(walk: Walk, duration: string, from: number, to: number): void {
  const steps: readonly PlanStep[] = [{ type: "wait", params: { duration } }];
  refuseLongWaits(walk, steps, from, to);
  addSteps(walk.reading, steps, from, to);
}

/** Puts a step in the place of the last one, for words up to a place that say more of it, or correct it. */
export function amendLast(walk: Walk, planStep: PlanStep, next: number): void {
  const { reading, at } = walk;
  const before = reading.builder.last()?.span;
  const span = spanOf(reading, at, next);
  reading.builder.amend({
    ...planStep,
    span: { start: before?.start ?? span.start, end: span.end },
  });
  walk.at = next;
}

export function nextBoundary(source: Source, at: number): number {
  for (let next = at + 1; next < source.end; next++)
    if (boundaryAt(source, next) !== undefined) return next;
  return source.end;
}

export function refuseRest({ reading, source }: Walk, from: number, leftover: number): void {
  const end = Math.max(nextBoundary(source, from), Math.min(leftover + 1, source.end));
  const { reason, suggestion } = explain(source, from, end, leftover);
  fault(reading, from, end, reason, suggestion);
}

export function refuseLongWaits(
  { reading }: Walk,
  steps: readonly PlanStep[],
  from: number,
  to: number,
): void {
  for (const planStep of steps) {
    const refusal = planStep.type === "wait" ? refuseWait(planStep.params.duration) : undefined;
    if (refusal !== undefined)
      fault(
        reading,
        from,
        to,
        refusal,
        "Wait at most 90 days, or let a schedule start the agent later",
      );
  }
}
