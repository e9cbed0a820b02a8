import type { PlanStep } from "#domain/plan.ts";

import { readAmendment } from "./amendments.ts";
import { clauseEnd } from "./boundaries.ts";
import { type Correction, readCorrection } from "./corrections.ts";
import { skipCourtesy } from "./courtesy.ts";
import { readGap, readPlain } from "./doing.ts";
import { passOver, spanOf } from "./reading.ts";
import { isWord, type Source, tokenAt, within } from "./source.ts";
import { nextBoundary, type Walk } from "./walk.ts";

/** What says more of the step before it, or puts another in its place. */
export function passAmendment(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const end = nextBoundary(source, at);
  const amended = readAmendment(within(source, end), at, reading.builder.last());
  if (amended === undefined || amended.next < end)
    return passAssigning(walk, end) || passCorrection(walk);
  amend(walk, amended.value, amended.next);
  return true;
}

const OF_TASK = ["assign", "assigned", "it", "its", "the", "this", "that"];

/** "If they replied, create a task. Assign it to @user.ae.": the task before it, wherever that stands. */
function passAssigning(walk: Walk, end: number): boolean {
  const { reading, source, at } = walk;
  const task = reading.builder.deepest();
  if (task?.type !== "create_task" || !isWord(tokenAt(source, at), ...OF_TASK)) return false;
  const amended = readAmendment(within(source, end), at, task);
  if (amended === undefined || amended.next < end) return false;
  const span = { start: task.span?.start ?? 0, end: spanOf(reading, at, amended.next).end };
  reading.builder.amendDeepest({ ...amended.value, span });
  walk.at = amended.next;
  return true;
}

function amend(walk: Walk, planStep: PlanStep, next: number): void {
  const { reading, at } = walk;
  const before = reading.builder.last()?.span;
  const span = spanOf(reading, at, next);
  reading.builder.amend({
    ...planStep,
    span: { start: before?.start ?? span.start, end: span.end },
  });
  walk.at = next;
}

/** "… no wait, the 'Welcome' email", "scratch that, tag them instead": the last word stands. */
function passCorrection(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const last = reading.builder.last();
  const correction = last === undefined ? undefined : readCorrection(source, at);
  return correction !== undefined && last !== undefined && correct(walk, last, correction);
}

function correct(walk: Walk, last: PlanStep, correction: Correction): boolean {
  const { reading, source, at } = walk;
  const { isWeak } = correction;
  const start = skipCourtesy(source, correction.next);
  const clause = within(source, asideEnd(source, at) ?? clauseEnd(source, start));
  const read = readGap(walk, clause, start) ?? readPlain(walk, clause, start);
  const step = onlyOne(read.steps);
  const isAnother = step?.type !== last.type && !hasInstead(source, start, read.next);
  if (step === undefined || (isWeak && isAnother)) return passWeak(walk, isWeak, start);
  if (last.span !== undefined) reading.passed.push(last.span);
  amend(walk, step, read.next);
  return true;
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
