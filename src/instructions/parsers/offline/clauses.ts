import type { Condition, PlanStep, Span } from "#domain/plan.ts";

import { readBehind } from "./behind.ts";
import { boundaryAt, clauseEnd } from "./boundaries.ts";
import type { Context } from "./clause.ts";
import { isElsewhere } from "./clauses/audience.ts";
import { isNounLed } from "./clauses/search-nouns.ts";
import { readSelection } from "./clauses/search.ts";
import { skip } from "./clauses/skip.ts";
import { stop } from "./clauses/stop.ts";
import { readAfter } from "./clauses/wait.ts";
import { readWhom as readThose } from "./clauses/whom.ts";
import { readCondition } from "./conditions/expression.ts";
import { goesOnWithWork, readElided } from "./elided.ts";
import { FAMILIES } from "./families.ts";
import { limitBehind } from "./limiting.ts";
import { isAlone, isBareStart, isLink, isStart } from "./links.ts";
import { isBeforeMails } from "./named-mails.ts";
import { isParticiple, isPassive, toActive, toOwn } from "./passives.ts";
import { matchAt, matchFirst, pattern } from "./pattern.ts";
import { isReaction, isReactionToday } from "./reactions.ts";
import { spanOf } from "./reading.ts";
import { readSaying } from "./sayings.ts";
import { isWord, type Read, type Source, tokenAt, within, wordsOf } from "./source.ts";
import type { Token } from "./tokens.ts";
import type { Trailer } from "./trailers.ts";
import { readSchedule } from "./triggers/schedule.ts";
import { toPlainOrder } from "./word-order.ts";

export interface ClauseRead {
  readonly steps?: readonly PlanStep[] | undefined;
  readonly next: number;
  /** How far any family came: where it is not the end, what stands there was not understood. */
  readonly furthest: number;
  /** Words at its end that say what it is for: no step comes of them. */
  readonly purpose?: Span | undefined;
  /** When it is done, where that is said behind it. */
  readonly trailer?: Trailer | undefined;
  /** Whether its verb is that of the clause before. */
  readonly isGapped?: boolean;
}

/** A clause may hold a link and a verb of its own ("notify … that we call and write"): then its end is tried further on. */
const MOST_ENDS = 4;

export function readClause(
  source: Source,
  at: number,
  context: Context,
  list: readonly PlanStep[],
  isFirst: boolean,
): ClauseRead {
  const again = readAgain(source, at, list);
  if (again !== undefined) return { steps: again.value, next: again.next, furthest: again.next };
  const isOwn = toOwn(source, at) !== undefined;
  const passive = isBareStart(source, at) && !isOwn ? undefined : readPassive(source, at, context);
  if (passive !== undefined) return passive;
  let furthest = at;
  let end = clauseEnd(source, at);
  for (let turn = 0; turn < MOST_ENDS; turn++) {
    const read = readToEnd(source, at, end, context, isFirst);
    const isWhole = read.steps !== undefined && !goesOnWithWork(source, end, read.steps, context);
    if (isWhole) return read;
    furthest = Math.max(furthest, read.furthest);
    if (end >= source.end) break;
    end = clauseEnd(source, end);
  }
  return readUncommon(source, at, context) ?? { next: at, furthest };
}

/** "Ask for a review with the 'Review' email": what it says is told, and the email is sent. */
function readSaid(source: Source, at: number, context: Context): ClauseRead | undefined {
  const said = readSaying(source, at);
  if (said === undefined) return undefined;
  const { sending, end } = said;
  const read = readToEnd(sending, at, clauseEnd(sending, at), context, false);
  if (read.steps === undefined) return undefined;
  const next = read.next + end - at;
  return { ...read, next, furthest: next, purpose: spanOf({ source }, at, end) };
}

/** The first family that reads the clause to its end, or to where something else begins. */
function readToEnd(
  source: Source,
  at: number,
  end: number,
  context: Context,
  isFirst: boolean,
): ClauseRead {
  let furthest = at;
  for (const family of isForbidding(source, at) ? FORBIDDING : FAMILIES) {
    const read = family.read(within(source, end), at, context);
    if (read === undefined) continue;
    const { value: steps, next } = readElided(within(source, end), at, read, context);
    const behind = readBehind(source, next, steps);
    if (behind !== undefined) return behind;
    const isEnded = next >= end || goesOn(source, next, isFirst);
    if (isEnded || isBehindWait(source, next, steps) || isBeforeMails(source, next, steps))
      return { steps, next, furthest: next };
    furthest = Math.max(furthest, next);
  }
  return { next: at, furthest };
}

/** "5 days, 'Bump' email": a comma behind a wait parts it from whatever follows. */
function isBehindWait(source: Source, at: number, steps: readonly PlanStep[]): boolean {
  const isWait = steps.every(({ type }) => type === "wait");
  return isWait && [at - 1, at].some((mark) => isWord(tokenAt(source, mark), ","));
}

/** "An email is sent to …", "Contacts in Rome get …". */
function readPassive(source: Source, at: number, context: Context): ClauseRead | undefined {
  if (isForbidding(source, at)) return undefined;
  for (const end of passiveEnds(source, at)) {
    const clause = within(source, end);
    const own = toOwn(clause, at);
    for (const active of own === undefined ? toActive(clause, at) : [own]) {
      const steps = readFamilies(active, at, context) ?? readSome(active, at, context);
      if (steps !== undefined) return { steps, next: end, furthest: end };
    }
  }
  return undefined;
}

/** Where a passive clause may end: at a link with another one behind it, else where any clause does. */
function passiveEnds(source: Source, at: number): readonly number[] {
  const end = clauseEnd(source, at);
  const ends: number[] = [];
  for (let next = at + 1; next < end; next++) {
    if (!isLink(tokenAt(source, next)) || isLink(tokenAt(source, next + 1))) continue;
    const isDone = isParticiple(tokenAt(source, next + 1));
    if (isDone || isPassive(within(source, end), next + 1)) ends.push(next);
  }
  return [...ends, end, clauseEnd(source, end)];
}

/** Clauses that name those whom they are for by what is said of them. */
function readUncommon(source: Source, at: number, context: Context): ClauseRead | undefined {
  if (isForbidding(source, at)) return undefined;
  const said = readSaid(source, at, context);
  if (said !== undefined) return said;
  const end = clauseEnd(source, at);
  const only = isWord(tokenAt(source, at), "only", "just") ? at + 1 : at;
  const steps =
    readMoved(within(source, end), only, context) ?? readSome(within(source, end), only, context);
  return steps === undefined
    ? readPassive(source, at, context)
    : { steps, next: end, furthest: end };
}

/** "Send to Marek a notification": in the order that the families know. */
function readMoved(source: Source, at: number, context: Context): readonly PlanStep[] | undefined {
  for (const plain of toPlainOrder(source, at)) {
    const steps = readFamilies(plain, at, context);
    if (steps !== undefined) return steps;
  }
  return undefined;
}

const SOME = pattern(
  "[only|just] [all|any|the|every|each|our|those|of] those|whoever|anyone|anybody|everyone|everybody|ones|contact|contacts|lead|leads|people|prospects|companies|company|deal|deals",
);

/**
 * "Tag those who opened the email 'Engaged'", "send the 'X' email to everyone in Berlin": the clause with "them" for all that. Where
 * nothing is selected yet they are searched for; else it is a condition on each of the selection.
 */
function readSome(source: Source, at: number, context: Context): readonly PlanStep[] | undefined {
  const last = Math.min(source.end, at + LONGEST_BEFORE);
  for (let from = at + 1; from < last; from++) {
    const match = matchAt(source, from, SOME);
    const whom =
      match === undefined
        ? readNamed(source, from, context)
        : readWhom(source, from, match.next, context);
    if (whom === undefined || whom.next === match?.next || isDoneToday(source, whom)) continue;
    const { value, next } = limitBehind(source, whom);
    const read = readFamilies(withThem(within(source, next), from, whom.next), at, context);
    if (read === undefined || isNobodys(value, read)) continue;
    return withSteps(value, read);
  }
  return undefined;
}

/** Where nobody was meant, or nobody is searched for. */
function isNobodys(whom: readonly PlanStep[], steps: readonly PlanStep[]): boolean {
  return namesThem(steps) || isSkipped(whom, steps);
}

/** "those who replied today" */
function isDoneToday(source: Source, { value, next }: Read<readonly PlanStep[]>): boolean {
  const last = value.at(-1);
  return last?.type === "if" && isReactionToday(source, { value: last.params, next });
}

/** "Skip 5 contacts" searches for nobody. */
function isSkipped(whom: readonly PlanStep[], steps: readonly PlanStep[]): boolean {
  return whom[0]?.type !== "if" && steps.every(({ type }) => type === "stop");
}

/** Where "them" became a value ("set the title to VP, Sales") nobody was meant. */
function namesThem(steps: readonly PlanStep[]): boolean {
  return steps.some(({ params }) => Object.values(params).some((value) => value === "them"));
}

const DETERMINER = pattern("all|every|each|any|our|the [of] [the|our]");

/** "all customers in Spain", "CTOs at SaaS companies": whom their name tells already. */
function readNamed(
  source: Source,
  from: number,
  { hasSelection, subject, searched }: Context,
): Read<readonly PlanStep[]> | undefined {
  const start = matchAt(source, from, DETERMINER)?.next ?? from;
  if (!isNounLed(source, start)) return undefined;
  const those = readThose(source, from, { subject, isLoose: true });
  if (!hasSelection || (those !== undefined && isAmongOthers(searched, those.value)))
    return readTold(source, from);
  if (those === undefined) return undefined;
  return { value: [{ type: "if", params: those.value, then: [] }], next: those.next };
}

function isAmongOthers(searched: Condition | undefined, condition: Condition): boolean {
  return searched !== undefined && isElsewhere(searched, condition);
}

/** A search for those of whom something is told. */
function readTold(source: Source, at: number): Read<readonly PlanStep[]> | undefined {
  const found = readSelection(source, at);
  const isTold = found?.value.some(({ params }) => Object.keys(params).length > 0);
  return isTold === true ? found : undefined;
}

/** The steps inside the if that asks whom they are for, or behind the search. */
function withSteps(whom: readonly PlanStep[], steps: readonly PlanStep[]): readonly PlanStep[] {
  const asked = whom.at(-1);
  if (asked?.type !== "if") return [...whom, ...steps];
  return [...whom.slice(0, -1), { ...asked, then: steps }];
}

const ANYONE = wordsOf("those whoever anyone anybody everyone everybody ones");

/** Whom a clause is for: of those who are there already, or of nobody yet, those who did something are asked for. */
function readWhom(
  source: Source,
  from: number,
  at: number,
  context: Context,
): Read<readonly PlanStep[]> | undefined {
  if (context.hasSelection) return readIf(source, at, context);
  const asked = ANYONE.has(tokenAt(source, at - 1).word) ? readIf(source, at, context) : undefined;
  const isWhoever = isWord(tokenAt(source, at - 1), "whoever");
  if (asked !== undefined && (isWhoever || isOfActs(asked.value))) return asked;
  return isDefinite(source, from) ? readTold(source, from) : readSelection(source, from);
}

/** "the company" is the one that is spoken of. */
function isDefinite(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "the") && !/s$|people/.test(tokenAt(source, at + 1).word);
}

/** "who replied" asks what was done, "in London" whom to look for. */
function isOfActs(steps: readonly PlanStep[]): boolean {
  const last = steps.at(-1);
  return last?.type === "if" && isReaction(last.params);
}

/** How far into a clause those may be named whom it is for. */
const LONGEST_BEFORE = 16;

function readIf(
  source: Source,
  at: number,
  { subject }: Context,
): Read<readonly PlanStep[]> | undefined {
  const said = readCondition(source, at, { subject, isLoose: true });
  if (said === undefined) return undefined;
  const asked: PlanStep = { type: "if", params: said.value, then: [] };
  const after = readAfter(source, said.next);
  if (after === undefined) return { value: [asked], next: said.next };
  return {
    value: [{ type: "wait", params: { duration: after.value } }, asked],
    next: after.next,
  };
}

/** The clause with "them" for those whom these words name. */
export function withThem(source: Source, from: number, to: number): Source {
  const { end } = tokenAt(source, to - 1);
  const them: Token = { ...tokenAt(source, from), ...THEM, end };
  const tokens = [...source.tokens.slice(0, from), them, ...source.tokens.slice(to, source.end)];
  return { ...source, tokens, end: tokens.length };
}

const THEM = { kind: "word", word: "them", lemma: "them", text: "them", isCapital: false } as const;

function readFamilies(
  source: Source,
  at: number,
  context: Context,
): readonly PlanStep[] | undefined {
  for (const family of FAMILIES) {
    const read = family.read(source, at, context);
    if (read !== undefined && read.next >= source.end) return read.value;
  }
  return undefined;
}

/** Whether a family that stopped early stopped where something else begins. */
function goesOn(source: Source, at: number, isFirst: boolean): boolean {
  if (isWord(tokenAt(source, at), ":") && (at + 1 >= source.end || isStart(source, at + 1)))
    return true;
  if (isBareStart(source, at) && !isAlone(source, at)) return true;
  if (boundaryAt(source, at) !== undefined) return true;
  return isFirst && isScheduled(source, at);
}

/** "… every Monday", "… – daily at 8", "… (weekdays, 9am)" */
function isScheduled(source: Source, at: number): boolean {
  const isMarked = isWord(tokenAt(source, at), "–", "-", ",", "(", "|", ":");
  const start = isMarked ? at + 1 : at;
  return tokenAt(source, start).kind === "word" && readSchedule(source, start) !== undefined;
}

/** What must not be done is never read as what is to be done. */
const FORBIDDING = [skip, stop];

const FORBIDDEN = wordsOf("never no not nobody noone no-one none nothing");

function isForbidding(source: Source, at: number): boolean {
  const { word } = tokenAt(source, at);
  return (
    FORBIDDEN.has(word) ||
    (isWord(tokenAt(source, at + 1), "not", "never") &&
      !tokenAt(source, at + 1).isCapital &&
      !isNounLed(source, at))
  );
}

const AGAIN = [
  "+do|+run|+go [exactly] [the] same|likewise|this|that|it|everything [thing|steps|again|over] for|with|to|on",
  "+repeat [exactly] [all] [of] [the|this|that|these|those|it] [same] [process|steps|sequence|flow|thing] for|with|to|on",
  "[the] same [thing|again|steps|sequence|goes|procedure] for|with|to",
].map(pattern);

/** "Do the same for founders in Boston": a new search, and the planSteps that followed the one before. */
function readAgain(
  source: Source,
  at: number,
  list: readonly PlanStep[],
): Read<readonly PlanStep[]> | undefined {
  const match = matchFirst(source, at, AGAIN);
  const found = match === undefined ? undefined : readSelection(source, match.next);
  if (found === undefined) return undefined;
  const last = list.findLastIndex(({ type }) => type.startsWith("search_"));
  return last < 0 ? found : { value: [...found.value, ...list.slice(last + 1)], next: found.next };
}
