import type { PlanStep } from "#domain/plan.ts";

import { readAmendment } from "./amendments.ts";
import { clauseEnd } from "./boundaries.ts";
import { readLapse } from "./cadences.ts";
import type { ClauseRead } from "./clauses.ts";
import { correctedStep } from "./corrected.ts";
import { type Correction, readCorrection } from "./corrections.ts";
import { skipCourtesy } from "./courtesy.ts";
import { readGap, readPlain } from "./doing.ts";
import { takesLimit } from "./limiting.ts";
import { readDuration } from "./readers/amounts.ts";
import { fault, passOver, spanOf } from "./reading.ts";
import { isWord, type Read, type Source, tokenAt, within } from "./source.ts";
import { amendLast, type Walk } from "./walk.ts";

/** "… no wait, the 'Welcome' email", "scratch that, tag them instead": the last word stands. */
export function passCorrection(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const last = reading.builder.last();
  const correction = last === undefined ? undefined : readCorrection(source, at);
  return correction !== undefined && last !== undefined && correct(walk, last, correction);
}

function correct(walk: Walk, last: PlanStep, correction: Correction): boolean {
  const { reading, source, at } = walk;
  const { isWeak } = correction;
  if (isBareMoment(walk, correction.next, last)) return refuseOpen(walk, correction.next);
  const start = skipCourtesy(source, correction.next);
  const clause = within(source, asideEnd(source, at) ?? clauseEnd(source, start));
  const read =
    readMore(clause, correction.next, last) ??
    readMore(clause, start, last) ??
    readOther(walk, clause, start, last, isWeak);
  if (read === "open") return refuseOpen(walk, correction.next);
  if (read === undefined) return passWeak(walk, isWeak, start);
  if (last.span !== undefined) reading.passed.push(last.span);
  amendLast(walk, read.value, read.next);
  return true;
}

function refuseOpen({ reading, source }: Walk, at: number): boolean {
  const reason = "It is open what this corrects";
  fault(reading, at, clauseEnd(source, at), reason, "Say the corrected step as a whole");
  return true;
}

/** "send 'A' in 3 days, no wait, in 5 days": another time for a step that keeps none, and nothing is done then. */
function isBareMoment({ source, at }: Walk, from: number, { type }: PlanStep): boolean {
  const read = readLapse(source, from) ?? readDuration(source, from);
  if (read === undefined || type === "wait" || type === "create_task") return false;
  const isOpening = isWord(tokenAt(source, at - 1), "", ".", "\n");
  const after = tokenAt(source, read.next);
  return read.next >= source.end || (!isOpening && isWord(after, ",", "and", "then"));
}

/** "…, no wait, make that at most 80", "…, sorry, due next week": another detail of the step before. */
function readMore(clause: Source, at: number, last: PlanStep): Read<PlanStep> | undefined {
  const read = readAmendment(clause, at, last);
  if (read === undefined || read.next < clause.end) return undefined;
  const isCount = takesLimit(last) && clause.end === at + 1;
  return isCount && last.params.limit === undefined ? undefined : read;
}

/** Another step, or the one before with what the correction says of it; where it is open what that takes the place of, neither. */
function readOther(
  walk: Walk,
  clause: Source,
  at: number,
  last: PlanStep,
  isWeak: boolean,
): Read<PlanStep> | "open" | undefined {
  const gapped = readGap(walk, clause, at);
  const read: ClauseRead = gapped ?? readPlain(walk, clause, at);
  const step = onlyOne(read.steps);
  if (step === undefined) return undefined;
  if (read.trailer !== undefined) return "open";
  if (isWeak && step.type !== last.type && !hasInstead(clause, at, read.next)) return undefined;
  if (gapped === undefined || step.type !== last.type) return { value: step, next: read.next };
  const value = correctedStep(last, step, tokenAt(clause, at));
  return value === undefined ? "open" : { value, next: read.next };
}

function onlyOne(steps: readonly PlanStep[] = []): PlanStep | undefined {
  return steps.length === 1 ? steps[0] : undefined;
}

/** Where the parenthesis closes that opened right before. */
function asideEnd(source: Source, at: number): number | undefined {
  if (!isWord(tokenAt(source, at - 1), "(")) return undefined;
  for (let next = at; next < source.end; next++)
    if (isWord(tokenAt(source, next), ")")) return next;
  return undefined;
}

function passWeak(walk: Walk, isWeak: boolean, next: number): boolean {
  if (!isWeak) return false;
  passOver(walk.reading, spanOf(walk.reading, walk.at, next));
  walk.at = next;
  return true;
}

function hasInstead(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (isWord(tokenAt(source, at), "instead")) return true;
  return false;
}
