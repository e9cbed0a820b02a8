import { passAmendment } from "./amending.ts";
import { saysOfTask } from "./amendments.ts";
import { isSearchAt } from "./asides/beginnings.ts";
import { skipLabel } from "./asides/labels.ts";
import { skipPreamble } from "./asides/openings.ts";
import { skipStatement } from "./asides/reasons.ts";
import {
  isBackground,
  isEmptySentence,
  isHeadingOfSearch,
  isNameOfAll,
} from "./asides/sentences.ts";
import { isStatement } from "./asides/statements.ts";
import { passAudience } from "./audiences.ts";
import { boundaryAt } from "./boundaries.ts";
import {
  passAffirmation,
  passBranch,
  passEitherWay,
  passOtherwise,
  passTrailingElse,
} from "./branching.ts";
import { CLOSINGS, LONGEST_CLOSING } from "./courtesy.ts";
import { passClause, passRelative, passSpaced } from "./doing.ts";
import { passEach, passFinding, passFollowing, passLooking } from "./finding.ts";
import { passProhibition } from "./forbidding.ts";
import { passFronted } from "./fronted.ts";
import { passGuard } from "./guards.ts";
import { passLeaving } from "./leaving.ts";
import { passLeftOut } from "./left-out.ts";
import { isLinkAt, skipAsking } from "./links.ts";
import { passOthers } from "./others.ts";
import { matchFirst } from "./pattern.ts";
import { fault, passOver, type Reading, spanOf } from "./reading.ts";
import type { Sentence } from "./sentences.ts";
import { isWord, type Source, tokenAt, within } from "./source.ts";
import { passLapse, passPoint } from "./times.ts";
import { findTrailingTrigger } from "./trailing-triggers.ts";
import { readTrigger } from "./triggers.ts";
import { addWait, refuseRest, type Walk } from "./walk.ts";

/** Reads a sentence; its ifs stay open only while they wait for what is to be done. */
export function readSentence(reading: Reading, sentence: Sentence, base: number): void {
  const source = within(reading.source, courtesyStart(reading.source, sentence));
  const isRead =
    refuseLong(reading, sentence) ||
    passWhole(reading, source, sentence) ||
    readAround(reading, source, sentence, base);
  if (isRead) return;
  if (source.end < sentence.to) passOver(reading, spanOf(reading, source.end, sentence.to));
  walkSentence(walkOf(reading, source, sentence, base));
}

function walkOf(reading: Reading, source: Source, { from }: Sentence, base: number): Walk {
  const isAsked = isWord(tokenAt(reading.source, from - 1), "?") && reading.builder.isWaiting();
  return { reading, source, base, at: from, isArrowScope: false, isAsked, isTimed: false };
}

function walkSentence(walk: Walk): void {
  const { reading, source, base } = walk;
  passOpening(walk);
  while (walk.at < source.end && reading.faults.length === 0) {
    const before = walk.at;
    readNext(walk);
    if (walk.at === before && reading.faults.length === 0) refuseRest(walk, before, before);
  }
  if (!reading.builder.isWaiting()) reading.builder.closeTo(base);
}

/** "Send 'X' whenever a deal is created": the sentence without its event. */
function readAround(reading: Reading, source: Source, sentence: Sentence, base: number): boolean {
  const found = findTrailingTrigger(reading, source, sentence.from);
  if (found === undefined || isTriggered(reading, source, sentence.from)) return false;
  reading.trigger = found.trigger;
  reading.triggerSpan = spanOf(reading, found.from, found.to);
  const inner: Reading = { ...reading, source: found.rest };
  const walk = walkOf(inner, found.rest, sentence, base);
  if (found.wait !== undefined) addWait(walk, found.wait, sentence.from, sentence.from + 1);
  walkSentence(walk);
  Object.assign(reading, { ...inner, source: reading.source });
  return true;
}

/** Whether the sentence opens with its trigger, behind what carries nothing. */
function isTriggered(reading: Reading, source: Source, from: number): boolean {
  let at = from;
  for (let turn = 0; turn < MOST_ASIDES; turn++) {
    if (readTrigger(source, at, reading) !== undefined) return true;
    const next = skipPreamble(source, at);
    if (next === at) return false;
    at = next;
  }
  return false;
}

/** Past a sentence that carries nothing: a greeting, a heading, background. */
function passWhole(reading: Reading, source: Source, sentence: Sentence): boolean {
  const isIdle =
    isEmptySentence(source, sentence.from) ||
    isNamedFirst(reading, source, sentence) ||
    (isSaidBefore(reading, sentence) && !isOfTask(reading, source, sentence.from));
  if (isIdle) passOver(reading, spanOf(reading, sentence.from, sentence.to));
  return isIdle;
}

/** "Lost deal rescue. When a deal is lost, …" */
function isNamedFirst(
  { source, isFirstClause, trigger }: Reading,
  sentence: Source,
  { from }: Sentence,
): boolean {
  const isFirst = isFirstClause && trigger === undefined;
  if (!isFirst) return false;
  return isNameOfAll(source, from, sentence.end) || isHeadingOfSearch(source, from, sentence.end);
}

const LONGEST_SENTENCE = 600;

function refuseLong(reading: Reading, { from, to }: Sentence): boolean {
  const isLong = to - from > LONGEST_SENTENCE;
  if (isLong) {
    const reason = `The sentence has more than ${LONGEST_SENTENCE} words`;
    fault(reading, from, from + 12, reason, "Say it in several sentences, or as a list");
  }
  return isLong;
}

/** Where a sentence's last words begin that only ask nicely: ", please", "when you get a chance". */
function courtesyStart(source: Source, { from, to }: Pick<Sentence, "from" | "to">): number {
  if (isWord(tokenAt(source, to - 1), ",")) return courtesyStart(source, { from, to: to - 1 });
  const sentence = within(source, to);
  for (let at = Math.max(from + 2, to - LONGEST_CLOSING); at < to; at++) {
    const match = matchFirst(sentence, at, CLOSINGS);
    const isObject = isWord(tokenAt(source, at - 1), "a", "the", "our", "another");
    if (match !== undefined && match.next >= to && !isObject)
      return courtesyStart(source, { from, to: at });
  }
  return to;
}

/** The trigger, or what stands before the first clause. */
function passOpening(walk: Walk): void {
  for (let turn = 0; turn < MOST_ASIDES; turn++) {
    if (passTrigger(walk)) return passRemark(walk);
    if (!passAside(walk)) return;
  }
}

const MOST_ASIDES = 4;

/** "we should thank them, so …", "as you know, …": where what follows begins. */
function passAside(walk: Walk): boolean {
  const { reading, source, at } = walk;
  if (isOfTask(reading, source, at)) return false;
  walk.at = skipPreamble(source, at, reading.isFirstClause);
  if (walk.at > at) passOver(reading, spanOf(reading, at, walk.at));
  return walk.at > at;
}

/** "It's due next week, and …": what is said of the task before is no remark. */
function isOfTask(reading: Reading, source: Source, at: number): boolean {
  const task = reading.builder.deepest();
  const isSaid = isWord(tokenAt(source, at), "it", "this", "that", "the", "its");
  return task?.type === "create_task" && isSaid && saysOfTask(source, at, task);
}

/** "When a deal is won, we should thank them, so …", behind the trigger. */
function passRemark(walk: Walk): void {
  const { reading, source, at } = walk;
  const start = isLinkAt(source, at) ? at + 1 : at;
  const next = isRest(walk, start) ? source.end : behindRemark(source, start);
  if (next === start) return;
  passOver(reading, spanOf(reading, start, next));
  walk.at = next;
}

function isSaidBefore({ source }: Reading, { from, to }: Sentence): boolean {
  return isBackground(within(source, to), from, isSearchAt(source, to + 1));
}

/** "Sundays 11 PM, data hygiene: …": a heading may stand behind when it starts, too. */
function behindRemark(source: Source, at: number): number {
  const next = skipStatement(source, at);
  return next === at ? skipLabel(source, at, false) : next;
}

/** "when a deal is won we should thank them. So send …" */
function isRest({ reading, source }: Walk, at: number): boolean {
  return reading.source.end > source.end + 1 && isStatement(source, at, source.end, true);
}

type Reader = (walk: Walk) => boolean;

/** In this order; each moves on and says so, or leaves the walk where it was. */
const READERS: readonly Reader[] = [
  passSpaced,
  passPoint,
  passTrigger,
  passGuard,
  passRelative,
  passLink,
  passEitherWay,
  passAffirmation,
  passOtherwise,
  passOthers,
  passTrailingElse,
  passEach,
  passLeftOut,
  passFronted,
  passAudience,
  passCourtesy,
  passLeaving,
  passBranch,
  passLapse,
  passAmendment,
  passProhibition,
  passFinding,
  passFollowing,
  passLooking,
  passClause,
];

const FILLERS: ReadonlySet<Reader> = new Set([
  passGuard,
  passPoint,
  passLink,
  passEitherWay,
  passAffirmation,
  passCourtesy,
  passProhibition,
  passFinding,
  passEach,
  passFollowing,
  passLooking,
]);

function readNext(walk: Walk): void {
  const { at, reading } = walk;
  const reader = READERS.find((read) => read(walk));
  if (reader !== undefined && FILLERS.has(reader) && walk.at > at)
    reading.passed.push(spanOf(reading, at, walk.at));
}

function passLink(walk: Walk): boolean {
  if (!isPassed(walk)) return false;
  const { builder } = walk.reading;
  const isArrow = tokenAt(walk.source, walk.at).word === "->";
  if (isArrow && !walk.isArrowScope && !builder.isWaiting()) builder.closeTo(walk.base);
  walk.at += 1;
  return true;
}

const MARKS = [":", ")", "(", "?", "!", ".", "…", "|"];

function isPassed({ source, at, isAsked }: Walk): boolean {
  const token = tokenAt(source, at);
  if (isAsked && isWord(token, ":") && token.isApart) return false;
  const isBefore = isWord(token, "before") && boundaryAt(source, at) !== undefined;
  return isBefore || isLinkAt(source, at) || isWord(token, ...MARKS);
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
    reading.triggerSpan = spanOf(reading, at, read.next);
    if (read.value.wait !== undefined) addWait(walk, read.value.wait, at, read.next);
  }
  walk.at = read.next;
  return true;
}

function passCourtesy(walk: Walk): boolean {
  const next = skipAsking(walk.source, walk.at);
  const isMoving = next > walk.at && next < walk.source.end;
  if (isMoving) walk.at = next;
  return isMoving;
}
