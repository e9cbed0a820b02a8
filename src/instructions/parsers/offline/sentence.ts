import type { PlanStep } from "#domain/plan.ts";

import { readAmendment } from "./amendments.ts";
import { readBranch, readEitherWay, readOtherwise } from "./branches.ts";
import { readClause } from "./clauses.ts";
import { boundaryAt, isLink, isStart, skipCourtesy } from "./links.ts";
import { matchAt, pattern } from "./pattern.ts";
import { isEmptySentence, readCadenceDay, readProhibition, skipPreamble } from "./preambles.ts";
import { hasWaitSinceSearch } from "./prohibitions.ts";
import { addSteps, fault, placeStep, type Reading, spanOf } from "./reading.ts";
import type { Sentence } from "./sentences.ts";
import { isWord, type Source, tokenAt, within } from "./source.ts";
import { readTrigger } from "./triggers.ts";
import { addWait, nextBoundary, refuseLongWaits, refuseRest, type Walk } from "./walk.ts";

/** Reads a sentence; its ifs stay open only while they wait for what is to be done. */
export function readSentence(reading: Reading, sentence: Sentence, base: number): void {
  const source = within(reading.source, sentence.to);
  if (isEmptySentence(source, sentence.from)) return;
  const walk: Walk = { reading, source, base, at: sentence.from, isArrowScope: false };
  if (!passTrigger(walk)) walk.at = skipPreamble(source, walk.at);
  while (walk.at < source.end && reading.faults.length === 0) {
    const before = walk.at;
    readNext(walk);
    if (walk.at === before && reading.faults.length === 0) refuseRest(walk, before, before);
  }
  if (!reading.builder.isWaiting()) reading.builder.closeTo(base);
}

const DEEPEST = 20;

type Reader = (walk: Walk) => boolean;

/** In this order; each moves on and says so, or leaves the walk where it was. */
const READERS: readonly Reader[] = [
  passTrigger,
  passLink,
  passCadence,
  passEitherWay,
  passOtherwise,
  passCourtesy,
  passAmendment,
  passBranch,
  passProhibition,
  passClause,
];

function readNext(walk: Walk): void {
  READERS.some((read) => read(walk));
}

function passLink(walk: Walk): boolean {
  const token = tokenAt(walk.source, walk.at);
  const isMark = isWord(token, ":", ")", "(", "?", "!", ".", "…");
  const isBefore = isWord(token, "before") && boundaryAt(walk.source, walk.at) !== undefined;
  if (!isLink(token) && !isMark && !isBefore) return false;
  const { builder } = walk.reading;
  if (token.word === "->" && !walk.isArrowScope && !builder.isWaiting()) builder.closeTo(walk.base);
  walk.at += 1;
  return true;
}

function passTrigger(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const read = readTrigger(source, at, reading);
  if (read === undefined) return false;
  if ("reason" in read.value) {
    fault(
      reading,
      at,
      read.next,
      read.value.reason,
      "Name one trigger: an event, or days and a time such as every Monday at 9 AM",
    );
  } else {
    reading.trigger = read.value.trigger;
  }
  walk.at = read.next;
  return true;
}

function passCadence(walk: Walk): boolean {
  const { reading, source } = walk;
  const read = readCadenceDay(source, walk.at);
  if (read === undefined) return false;
  reading.builder.closeTo(walk.base);
  const gap = reading.day === undefined ? 0 : read.day - reading.day;
  if (gap < 0)
    fault(
      reading,
      walk.at,
      read.next,
      "The days of a cadence must follow one another",
      "Put the days in order",
    );
  if (gap > 0) addWait(walk, `P${gap}D`, walk.at, read.next);
  reading.day = read.day;
  walk.at = read.next;
  return true;
}

function passEitherWay(walk: Walk): boolean {
  const next = readEitherWay(walk.source, walk.at);
  if (next === undefined) return false;
  walk.reading.builder.closeTo(walk.base);
  walk.at = next;
  return true;
}

function passOtherwise(walk: Walk): boolean {
  const { reading, source } = walk;
  const read = readOtherwise(source, walk.at);
  if (read === undefined) return false;
  const isOpen = reading.builder.openElse();
  if (!isOpen && !read.isOthers) {
    fault(
      reading,
      walk.at,
      read.next,
      "There is no condition before it that this could be the other side of",
      "Begin with: If …",
    );
  }
  walk.isArrowScope = tokenAt(source, read.next).word === "->";
  if (read.next > walk.at) walk.at = read.next;
  else passClause(walk);
  return true;
}

function passCourtesy(walk: Walk): boolean {
  const next = skipCourtesy(walk.source, walk.at);
  const isMoving = next > walk.at && next < walk.source.end;
  if (isMoving) walk.at = next;
  return isMoving;
}

function passAmendment(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const end = nextBoundary(source, at);
  const amended = readAmendment(within(source, end), at, reading.builder.last());
  if (amended === undefined || amended.next < end) return false;
  const before = reading.builder.last()?.span;
  const span = spanOf(reading, at, amended.next);
  reading.builder.amend({
    ...amended.value,
    span: { start: before?.start ?? span.start, end: span.end },
  });
  walk.at = amended.next;
  return true;
}

function passBranch(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const read = readBranch(within(source, nextBoundary(source, at)), at, reading.subject);
  if (read === undefined) return false;
  refuseBranch(walk, read.next);
  const { condition, wait } = read.value;
  if (wait !== undefined) addWait(walk, wait, at, read.next);
  reading.builder.openIf(condition, spanOf(reading, at, read.next));
  reading.isFirstClause = false;
  walk.isArrowScope = isWord(tokenAt(source, read.next), "->");
  if (!isTold(source, read.next)) refuseRest(walk, at, read.next);
  walk.at = walk.isArrowScope ? read.next + 1 : read.next;
  return true;
}

/** What opens a text is an event or nothing, and conditions nest to a bound. */
function refuseBranch({ reading, source, at }: Walk, next: number): void {
  if (reading.isFirstClause && isWord(tokenAt(source, at), "when", "whenever", "once")) {
    const suggestion = "Begin with an event, such as: When a contact replies";
    fault(reading, at, next, "This is no event that can start an agent", suggestion);
  }
  if (reading.builder.depth() > DEEPEST) {
    const suggestion = "Split the work over several agents";
    fault(reading, at, next, "The conditions are nested too deeply", suggestion);
  }
}

/** Whether what is to be done follows the condition. */
function isTold(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  return at >= source.end || isLink(token) || isWord(token, ":", "?", "(") || isStart(source, at);
}

function passProhibition(walk: Walk): boolean {
  const next = readProhibition(walk.source, walk.at);
  const isWhole =
    next !== undefined &&
    (next >= walk.source.end ||
      boundaryAt(walk.source, next) !== undefined ||
      isWord(tokenAt(walk.source, next), ","));
  if (next === undefined || !isWhole) return false;
  walk.at = next;
  return true;
}

function passClause(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const list = reading.builder.list();
  const context = {
    subject: reading.subject,
    hasSelection: reading.hasSelection,
    previous: reading.builder.last(),
  };
  const read = readClause(source, at, context, list, reading.isFirstClause);
  if (read.steps === undefined) {
    if (!isBranchLike(walk)) refuseRest(walk, at, read.furthest);
    return false;
  }
  if (isForbidding(walk) && read.steps.every(({ type }) => type === "skip")) {
    forbid(walk, read.steps, read.next);
    return true;
  }
  refuseLongWaits(walk, read.steps, at, read.next);
  addSteps(reading, read.steps, at, read.next);
  reading.isFirstClause = false;
  walk.at = read.next;
  wrapTrailing(walk, read.steps.length);
  return true;
}

function isForbidding({ source, at }: Walk): boolean {
  return isWord(tokenAt(source, at), "do", "never", "no", "not");
}

/** A prohibition holds for all that the text does, so it cannot hang on a condition. */
function forbid(walk: Walk, steps: readonly PlanStep[], next: number): void {
  const { reading, source, at } = walk;
  const { builder } = reading;
  const opening = matchAt(source, next, ONLY)?.next ?? next;
  if (builder.depth() > 1 || readBranch(source, opening, reading.subject) !== undefined) {
    const reason = "It holds for the whole text, and cannot stand with a condition";
    fault(reading, at, next, reason, "Say it in a sentence of its own, or use: skip anyone …");
  }
  const again = hasWaitSinceSearch(builder.list()) ? builder.list().length : undefined;
  for (const planStep of steps)
    reading.prohibitions.push({ skip: placeStep(planStep, spanOf(reading, at, next)), again });
  reading.isFirstClause = false;
  walk.at = next;
}

function isBranchLike({ reading, source, at }: Walk): boolean {
  return (
    readBranch(source, at, reading.subject) !== undefined ||
    readProhibition(source, at) !== undefined
  );
}

/** "send X if they replied": the condition behind the clause holds for it alone. */
function wrapTrailing(walk: Walk, count: number): void {
  const { reading, source, at } = walk;
  const opening = matchAt(source, at, ONLY)?.next ?? at;
  if (!isWord(tokenAt(source, opening), "if", "unless", "provided")) return;
  const branch = readBranch(source, opening, reading.subject);
  if (branch === undefined || branch.value.wait !== undefined || !isClosed(source, branch.next))
    return;
  reading.builder.wrapLast(count, branch.value.condition, spanOf(reading, at, branch.next));
  walk.at = branch.next;
}

const ONLY = pattern("[,] [but] only");

/** Behind a condition that followed its clause stands the end, or a link that is no "then" of its own. */
function isClosed(source: Source, at: number): boolean {
  return at >= source.end || (boundaryAt(source, at) !== undefined && !isStart(source, at));
}
