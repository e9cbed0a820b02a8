import type { Comparison, Condition } from "#domain/plan.ts";

import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { isCity } from "../readers/cities.ts";
import { isFurtherValue } from "../readers/values.ts";
import { isWord, type Read, slice, type Source, tokenAt, wordsOf } from "../source.ts";
import { readAtom } from "./atoms.ts";
import { joinAll, joinAny, negate, negateIf, type Scope } from "./scope.ts";

/**
 * What a joint leaves out is said again from the comparison before it: "is a VP or a Director", "title contains Sales but
 * not Intern", "has neither an email nor a phone number". The words before the value are put in front of the new value.
 */
export function readWithElisions(
  source: Source,
  at: number,
  scope: Scope,
): Read<Condition> | undefined {
  const neither = readNeither(source, at, scope);
  if (neither !== undefined) return neither;
  const first = readAtom(source, at, scope);
  if (first === undefined) return undefined;
  let { value } = first;
  let next = skipAfterwards(source, first.next);
  for (let turn = 0; turn < MOST_ELISIONS; turn++) {
    const more = readElided(source, { from: at, to: first.next }, next, first.value, scope);
    if (more === undefined || isException(source, next, more)) break;
    value = more.isAny ? joinAny([value, more.value]) : joinAll([value, more.value]);
    ({ next } = more);
  }
  return { value, next };
}

const AFTERWARDS = [
  "after|by|since|until|before that|then|this|now",
  "at|by this point|stage|time",
  "yet|anymore|already|afterwards|now|too|either",
  "so far",
  "as of|until now|today|yet",
  "(up to / till) now|today",
  "in|on [the|our] crm|system|database",
].map(pattern);

/** "… yet", "… after that": when it is looked at, which is when it is reached. */
function skipAfterwards(source: Source, at: number): number {
  const next = matchFirst(source, at, AFTERWARDS)?.next;
  return next !== undefined &&
    isWord(tokenAt(source, next), "", ",", "and", "or", "but", ".", "->", ":", ";", "?")
    ? next
    : at;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

interface Elided extends Read<Condition> {
  readonly isAny: boolean;
}

const OR = pattern("[,] or|/");
const AND = pattern("[,] and|but|&");
const NOT = pattern("not");

/** "without a phone or an email" has neither: what is denied once is denied of each. */
function readElided(
  source: Source,
  said: Range,
  at: number,
  before: Condition,
  scope: Scope,
): Elided | undefined {
  const or = matchAt(source, at, OR);
  const joint = or ?? matchAt(source, at, AND);
  if (joint === undefined) return undefined;
  const not = matchAt(source, joint.next, NOT);
  const start = not?.next ?? joint.next;
  const isOpened = isWord(tokenAt(source, joint.next), "either", "both");
  const isOwn = readAtom(source, joint.next + (isOpened ? 1 : 0), scope) !== undefined;
  if (isPathAt(source, start) || isOwn) return undefined;
  const again = sayAgain(source, said, start, before, scope);
  if (again === undefined) return undefined;
  const value = not === undefined ? again.value : negate(again.value);
  return { value, next: again.next, isAny: isAlternative(value, or !== undefined) };
}

/** "in Rome but Acme", "in Rome but not Acme" leave somebody out: it is no further value, and may be a company's name. */
function isException(source: Source, at: number, { value, isAny }: Elided): boolean {
  const joint = isWord(tokenAt(source, at), ",") ? at + 1 : at;
  const isBut = isWord(tokenAt(source, joint), "but");
  return (isBut && (isAny || isNamed(value))) || isUnknownPlace(value);
}

/** Values by name: behind "but" they are left out, where "but less than a year ago" goes on. */
function isNamed(condition: Condition): boolean {
  if ("any" in condition) return condition.any.every(isNamed);
  if ("all" in condition) return condition.all.every(isNamed);
  return "field" in condition && ["==", "contains"].includes(condition.operator);
}

function isUnknownPlace(condition: Condition): boolean {
  return "not" in condition && namesNoTown(condition.not);
}

function namesNoTown(condition: Condition): boolean {
  if ("any" in condition) return condition.any.some(namesNoTown);
  if ("all" in condition) return condition.all.some(namesNoTown);
  if ("not" in condition) return namesNoTown(condition.not);
  return condition.field.endsWith("city") && !isCity(String(condition.value));
}

/** "… and not contact.replied" is a condition of its own. */
function isPathAt(source: Source, at: number): boolean {
  const { kind, text } = tokenAt(source, at);
  return kind === "variable" || (kind === "word" && /^\w+\.\w/.test(text));
}

/** "without A or B" lacks both, and "from Canada and the UK" is one of them: nothing is two values at once. */
function isAlternative(value: Condition, isOr: boolean): boolean {
  if ("not" in value) return false;
  return isOr || ("field" in value && value.operator === "==" && typeof value.value !== "boolean");
}

/** Nothing that a joint leaves words out of is longer; a text of any length costs the same for each joint. */
const LONGEST_VALUE = 60;

function endOfValue({ end }: Source, start: number): number {
  return Math.min(end, start + LONGEST_VALUE);
}

const MOST_ELISIONS = 30;

/** The most words that can stand before a value: the longest that make sense are the right ones. */
const LONGEST_LEAD = 12;

/** "title contains Founder or contains Owner" says this again, too. */
const COMPARING = wordsOf(
  "contains contain includes include containing including equals mentions has have is = ==",
);

function sayAgain(
  source: Source,
  { from, to }: Range,
  start: number,
  before: Condition,
  scope: Scope,
): Read<Condition> | undefined {
  const isCompared = COMPARING.has(tokenAt(source, start).word);
  for (let cut = Math.min(to - 1, from + LONGEST_LEAD); cut > from; cut--) {
    if (isCompared && COMPARING.has(tokenAt(source, cut - 1).word)) continue;
    const read = readStitched(source, { from, to: cut }, start, scope);
    const isSame = read !== undefined && isAlike(source, before, read, start);
    if (isSame && isFurtherValue(source, to - 1, start, read.next)) return read;
  }
  return undefined;
}

/** Reads the words of a range and then those from `start` on, as if they stood together. */
function readStitched(
  source: Source,
  { from, to }: Range,
  start: number,
  scope: Scope,
): Read<Condition> | undefined {
  const lead = source.tokens.slice(from, to);
  const tokens = [...lead, ...source.tokens.slice(start, endOfValue(source, start))];
  const read = readAtom({ ...source, tokens, end: tokens.length }, 0, scope);
  if (read === undefined || read.next <= lead.length) return undefined;
  return { value: read.value, next: start + read.next - lead.length };
}

/** The same is compared, and with nothing that stood in the words before the joint. */
function isAlike(source: Source, before: Condition, read: Read<Condition>, start: number): boolean {
  const [a] = comparisonsOf(before);
  const found = comparisonsOf(read.value);
  const said = slice(source, start, endOfValue(source, start)).toLowerCase();
  if (a === undefined || "not" in before !== "not" in read.value) return false;
  return found.every(
    (b) =>
      (a.operator === b.operator || (isMoment(a.value) && isMoment(b.value))) &&
      (a.operator === "exists" ? a.field !== b.field : a.field === b.field) &&
      (typeof a.value !== "number" || typeof b.value === "number") &&
      (typeof b.value !== "string" || isMoment(b.value) || said.includes(b.value.toLowerCase())),
  );
}

/** "more than a month ago but less than a year ago" bounds one moment from both sides. */
function isMoment(value: unknown): boolean {
  return typeof value === "string" && /^(?:-P|today$|\d{4}-\d\d-\d\d$)/.test(value);
}

function comparisonsOf(condition: Condition): readonly Comparison[] {
  if ("field" in condition) return [condition];
  if ("not" in condition) return comparisonsOf(condition.not);
  return ("all" in condition ? condition.all : condition.any).flatMap(comparisonsOf);
}

const NOR = ["[,] nor", "[,] or"].map(pattern);
const ENDS = wordsOf(", . ; : -> and or then");
const FURTHEST = 8;

/** "neither replied nor opened the email", "they have neither an email nor a phone". */
function readNeither(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const mark = findWord(source, at, "neither");
  if (mark === undefined) return undefined;
  const parts: Condition[] = [];
  let next = mark + 1;
  for (;;) {
    const read = readBehind(source, { from: at, to: mark }, next, scope);
    if (read === undefined) return undefined;
    parts.push(read.value);
    const nor = matchFirst(source, read.next, NOR);
    if (nor === undefined) return { value: negate(joinAny(parts)), next: read.next };
    ({ next } = nor);
  }
}

function readBehind(
  source: Source,
  lead: Range,
  start: number,
  scope: Scope,
): Read<Condition> | undefined {
  return lead.to > lead.from
    ? readStitched(source, lead, start, scope)
    : readAtom(source, start, scope);
}

function findWord(source: Source, at: number, word: string): number | undefined {
  for (let next = at; next < at + FURTHEST; next++) {
    const token = tokenAt(source, next);
    if (isWord(token, word)) return next;
    if (token.word === "" || ENDS.has(token.word)) return undefined;
  }
  return undefined;
}

const NONE = pattern("none|neither of (them / these / those / the|our contacts|leads|people)");

/** "none of them replied". */
export function readNone(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const match = matchAt(source, at, NONE);
  const read = match === undefined ? undefined : readAtom(source, match.next, scope);
  return read === undefined ? undefined : { value: negateIf(true, read.value), next: read.next };
}

/** "has both an email and a phone", "tagged either A or B": the word itself tells nothing that the joint does not. */
export function withoutBoth(
  source: Source,
  at: number,
): { readonly rest: Source; readonly isEither: boolean } | undefined {
  const both = findWord(source, at, "both");
  const mark = both ?? findWord(source, at, "either");
  if (mark === undefined || mark === at) return undefined;
  const tokens = [...source.tokens.slice(0, mark), ...source.tokens.slice(mark + 1)];
  return { rest: { ...source, tokens, end: source.end - 1 }, isEither: both === undefined };
}
