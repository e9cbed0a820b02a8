import type { PlanStep } from "#domain/plan.ts";

import { lastSearched, standBeside } from "./audiences.ts";
import { boundaryAt } from "./boundaries.ts";
import { readBranch } from "./branches.ts";
import type { Context } from "./clause.ts";
import { type ClauseRead, readClause, withThem } from "./clauses.ts";
import { namesOthers } from "./clauses/audience.ts";
import { isPlainValue } from "./clauses/field-settings.ts";
import { searchForAll } from "./everybody.ts";
import { forbid, isForbidding } from "./forbidding.ts";
import { fillGaps } from "./gaps.ts";
import { isBareStart, isInflectedStart } from "./links.ts";
import { readProhibition } from "./prohibited.ts";
import { addSteps, type Reading, spanOf } from "./reading.ts";
import { lastMail, lastSetting, referentOf } from "./referents.ts";
import { isWord, type Source, tokenAt, within } from "./source.ts";
import { onDays, readDays, readSpacedList, spaced } from "./spacing.ts";
import { waitFor } from "./times.ts";
import type { Token } from "./tokens.ts";
import type { Trailer } from "./trailers.ts";
import { refuseLongWaits, refuseRest, type Walk } from "./walk.ts";
import { wrapTrailing } from "./wrapping.ts";

/** "Three emails, four days apart: …", "Day 0/3/7: …": a list, with the waits between its steps. */
export function passSpaced(walk: Walk): boolean {
  const { source, at } = walk;
  const list = readSpacedList(source, at);
  if (list !== undefined) return doList(walk, list.next, (steps) => spaced(steps, list.value));
  const days = readDays(source, at);
  if (days === undefined) return false;
  const [first = 1] = days.value;
  const trailer = { point: { hours: (first - 1) * 24, isOffset: false } };
  return doList(walk, days.next, (steps) => onDays(steps, days.value), trailer);
}

function doList(
  walk: Walk,
  start: number,
  withWaits: (steps: readonly PlanStep[]) => readonly PlanStep[] | undefined,
  trailer?: Trailer,
): boolean {
  const { source } = walk;
  const isBare = tokenAt(source, start).kind === "quoted";
  const read = readPlain(walk, isBare ? withSend(source, start) : source, start);
  const steps = withWaits(read.steps ?? []) ?? [];
  if (steps.length < 2) return false;
  carryOut(walk, steps, { ...read, next: read.next - Number(isBare), trailer });
  return true;
}

const withSend = (source: Source, at: number): Source => withWords(source, at, ["send"]);

/** With words in front that are left out there. */
function withWords(source: Source, at: number, words: readonly string[]): Source {
  const place = tokenAt(source, at);
  const put = words.map((word): Token => ({ ...place, kind: "word", word, lemma: word, text: "" }));
  const tokens = [...source.tokens.slice(0, at), ...put, ...source.tokens.slice(at, source.end)];
  return { ...source, tokens, end: tokens.length };
}

export function passClause(walk: Walk): boolean {
  return doClause(walk);
}

/** Reads the clause that stands here into steps, or refuses it. */
export function doClause(walk: Walk, subjectEnd?: number): boolean {
  const { source, at } = walk;
  const read =
    subjectEnd === undefined
      ? readHere(walk, source, at)
      : readOfThem(walk, source, at, subjectEnd);
  if (read.steps === undefined) {
    if (!isBranchLike(walk)) refuseRest(walk, at, read.furthest);
    return false;
  }
  const isSkip = read.steps.every(({ type }) => type === "skip");
  if (isSkip && (isForbidding(source, at) || isToldOfThem(source, at))) {
    forbid(walk, read.steps, read.next);
    return true;
  }
  carryOut(walk, read.steps, read);
  return true;
}

/** "Competitors must never be emailed", "VPs are left out": told of them and not done here, it holds for the whole. */
function isToldOfThem(source: Source, at: number): boolean {
  return !isBareStart(source, at) && !isInflectedStart(source, at);
}

function readHere(walk: Walk, source: Source, at: number): ClauseRead {
  const isTagged = walk.reading.lastType === "add_tag" && isBareName(source, at);
  const gapped = isTagged ? readGap(walk, source, at) : undefined;
  if (gapped !== undefined) return gapped;
  if (isNewValue(walk, source, at)) return readSet(walk, source, at);
  const read = readPlain(walk, source, at);
  if (read.steps !== undefined) return read;
  if (!(walk.isTimed || isBareName(source, at) || isBareTo(source, at))) return read;
  return readGap(walk, source, at) ?? read;
}

/** Reads a clause of the walk, wherever it stands. */
export function readPlain({ reading }: Walk, source: Source, at: number): ClauseRead {
  const context: Context = {
    subject: reading.subject,
    hasSelection:
      reading.hasSelection || isOfContact(reading) || namesOthers(within(source, at + NEAR), at),
    previous: reading.builder.last(),
    searched: lastSearched(reading.builder.steps()),
    it: referentOf(reading, source, at),
    mail: lastMail(reading.builder.steps()),
    setting: lastSetting(reading.builder.steps()),
  };
  const read = readClause(source, at, context, reading.builder.list(), mayBeScheduled(reading));
  return searchForAll(reading, source, at, read);
}

/** Behind an event of a contact somebody is there: whom it happened to. */
function isOfContact({ trigger }: Reading): boolean {
  return trigger?.type === "event" && !trigger.event.startsWith("deal");
}

/** How far behind a clause the others are named that make it ask whom it is for. */
const NEAR = 30;

/** A schedule behind a clause is the whole text's, where there is none and nothing waits. */
function mayBeScheduled({ trigger, builder }: Reading): boolean {
  return (
    trigger === undefined && !builder.steps().some(({ type }) => type === "wait" || type === "if")
  );
}

/** "Everyone else gets …": they are who is left. */
function readOfThem(walk: Walk, source: Source, at: number, to: number): ClauseRead {
  const read = readPlain(walk, withThem(source, at, to), at);
  const shift = to - at - 1;
  return { ...read, next: read.next + shift, furthest: read.furthest + shift };
}

/** "'Bump' on day 4": a quoted name behind a clause that names one. */
function isBareName(source: Source, at: number): boolean {
  const first = isWord(tokenAt(source, at), "the", "our", "a") ? at + 1 : at;
  return tokenAt(source, first).kind === "quoted";
}

/** "…, otherwise to @user.us" */
function isBareTo(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "to") && tokenAt(source, at + 1).kind === "variable";
}

/** "set the record type to Channel, otherwise to Direct", "…, else 'Direct'" */
function isNewValue({ reading }: Walk, source: Source, at: number): boolean {
  if (reading.lastType !== "update_field") return false;
  const isElse = [at - 1, at - 2].some((word) =>
    isWord(tokenAt(source, word), "else", "otherwise"),
  );
  const isBare = isElse && tokenAt(source, at).kind === "quoted";
  return isBare || (isWord(tokenAt(source, at), "to") && isPlainValue(source, at + 1));
}

function readSet(walk: Walk, source: Source, at: number): ClauseRead {
  const words = isWord(tokenAt(source, at), "to") ? ["set", "it"] : ["set", "it", "to"];
  const { next, furthest, ...read } = readPlain(walk, withWords(source, at, words), at);
  return { ...read, next: next - words.length, furthest: furthest - words.length };
}

/** The clause with the verb of the one before, when that makes a step of the same kind. */
export function readGap(walk: Walk, source: Source, at: number): ClauseRead | undefined {
  const { said, builder } = walk.reading;
  const type = walk.reading.lastType ?? builder.last()?.type;
  if (said === undefined || isBareStart(source, at) || type === undefined) return undefined;
  for (const { filled, count } of fillGaps(source, at, said)) {
    const { steps, next, ...rest } = readPlain(walk, filled, at);
    const isAlike = steps !== undefined && steps.every((step) => step.type === type);
    if (isAlike && next > at + count) return { ...rest, steps, next: next - count, isGapped: true };
  }
  return undefined;
}

/** Adds the steps of a clause, and goes behind it. */
export function carryOut(walk: Walk, steps: readonly PlanStep[], read: ClauseRead): void {
  const { reading, at } = walk;
  const { next, isGapped } = read;
  refuseLongWaits(walk, steps, at, next);
  if (read.trailer !== undefined) waitFor(walk, read.trailer, at, next);
  if (read.purpose !== undefined) reading.remarks.push(read.purpose);
  addClause(walk, steps, next);
  reading.isFirstClause = false;
  const isWait = steps.every(({ type }) => type === "wait");
  if (isGapped !== true && !isWait) reading.said = { from: at, to: next };
  if (!isWait) reading.lastType = steps.at(-1)?.type;
  walk.at = next;
  walk.isTimed = false;
  wrapTrailing(walk, at, steps.length);
  if (walk.pending === undefined) return;
  const { from, steps: later } = walk.pending;
  walk.pending = undefined;
  addSteps(reading, later, from, walk.at);
}

/** An if that a clause holds ("those who replied get …") may have its other side behind it. */
function addClause(walk: Walk, steps: readonly PlanStep[], next: number): void {
  const { reading, at } = walk;
  const last = steps.at(-1);
  if (last?.type !== "if" || steps.slice(0, -1).some(({ type }) => type !== "wait")) {
    addSteps(reading, steps, at, next);
    return;
  }
  addSteps(reading, steps.slice(0, -1), at, next);
  const depth = reading.builder.depth();
  standBeside(walk, next);
  reading.audience = last.params;
  reading.builder.openIf(last.params, spanOf(reading, at, next));
  addSteps(reading, last.then, at, next);
  reading.builder.closeTo(depth);
}

function isBranchLike({ reading, source, at }: Walk): boolean {
  return (
    readBranch(source, at, reading.subject, reading.compared) !== undefined ||
    readProhibition(source, at) !== undefined
  );
}

const RELATIVE = new Set(["before", "after"]);

/** "After sending X, wait …", "Before sending X, enrich them": a clause told by what comes before or behind it. */
export function passRelative(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const { word } = tokenAt(source, at);
  if (!RELATIVE.has(word) || !tokenAt(source, at + 1).word.endsWith("ing")) return false;
  const end = commaEnd(source, at + 1);
  const read = readPlain(walk, within(source, end), at + 1);
  if (read.steps === undefined || read.next < end || end >= source.end) return false;
  const isDone = read.steps.every((step) =>
    reading.builder.list().some((other) => isSame(step, other)),
  );
  walk.at = end + 1;
  if (isDone) reading.passed.push(spanOf(reading, at, walk.at));
  if (isDone) return true;
  if (word === "before") walk.pending = { from: at, steps: read.steps };
  else addSteps(reading, read.steps, at, end);
  reading.isFirstClause = false;
  return true;
}

function commaEnd(source: Source, at: number): number {
  for (let next = at; next < source.end; next++)
    if (isWord(tokenAt(source, next), ",") && boundaryAt(source, next) !== undefined) return next;
  return source.end;
}

function isSame(one: PlanStep, other: PlanStep): boolean {
  return one.type === other.type && JSON.stringify(one.params) === JSON.stringify(other.params);
}
