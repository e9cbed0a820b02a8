import type { Condition, Operator, Value } from "#domain/plan.ts";

import { type Match, matchAt, matchFirst, pattern } from "../pattern.ts";
import { isFurtherValue, readValue } from "../readers/values.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { compareMoment, readComing, readMoment } from "./dates.ts";
import { isNameWord, type Lead, readLead } from "./leads.ts";
import { readPosition } from "./positions.ts";
import { readOperator, readQuantity } from "./quantities.ts";
import { compare, exists, joinAny, negateIf } from "./scope.ts";

const EMPTY = [
  "empty|blank|missing|unknown|unset|absent",
  "set|known|filled|present|available [in|out]",
  "null|undefined",
].map(pattern);
const EXISTS = ["exists|exist", "present"].map(pattern);
/** "does not exist", "is empty" */
export function isPresent(source: Source, at: number, { hasCopula }: Lead): boolean {
  return matchFirst(source, at, hasCopula ? [...EXISTS, ...EMPTY] : EXISTS) !== undefined;
}

const FULL = wordsOf("set known filled present available");
const ONE_OF = pattern("(any|one|either of / in|among) [:] [the|these|following]");
const IN_VARIABLE = pattern("in|on <variable>");

/** Whether a comparison of its own begins at a place. */
export type IsAtom = (source: Source, at: number) => boolean;

/** What follows a field: "is over 5k", "contains CEO", "is one of A, B", "is empty", "= Proposal", "is not set". */
export function readComparison(
  source: Source,
  at: number,
  field: string,
  isAtom: IsAtom,
  isImplied = false,
): Read<Condition> | undefined {
  const lead = readLead(source, isImplied && isWord(tokenAt(source, at), ":") ? at + 1 : at);
  return (
    readPresence(source, lead, field, isImplied) ??
    readTime(source, lead, field) ??
    readMembership(source, lead, field, isAtom) ??
    readMeasure(source, lead, field) ??
    readEquality(source, lead, field, isAtom, isImplied)
  );
}

function readTime(
  source: Source,
  { next: at, isNegated }: Lead,
  field: string,
): Read<Condition> | undefined {
  const moment = readComing(source, at, isAhead(field)) ?? readMoment(source, at);
  if (moment === undefined || !(isDate(field) || isTimed(source, at, moment.next)))
    return undefined;
  return { value: compareMoment(isNegated, field, moment.value), next: moment.next };
}

function readMeasure(
  source: Source,
  { next: at, isNegated }: Lead,
  field: string,
): Read<Condition> | undefined {
  const quantity = readQuantity(source, at, field);
  return quantity === undefined
    ? undefined
    : { value: negateIf(isNegated, quantity.value), next: quantity.next };
}

/** Days that are planned: what is said of them is said of the time to come. */
function isAhead(field: string): boolean {
  return /(?:close|closing|renewal|expiry|expiration|due|end|start|contract)Date$/i.test(field);
}

function isDate(field: string): boolean {
  return /(?:At|Date)$/.test(field);
}

/** Of a field that need be no date: "more than 7 days ago", "within the last week", "before 2026-01-31". */
function isTimed(source: Source, at: number, next: number): boolean {
  for (let word = at; word < next; word++)
    if (isWord(tokenAt(source, word), "ago", "last", "past", "next", "today", "yesterday"))
      return true;
  return isWord(tokenAt(source, at), "in", "within", "before", "after", "since");
}

function readPresence(
  source: Source,
  lead: Lead,
  field: string,
  isImplied: boolean,
): Read<Condition> | undefined {
  const present = matchFirst(source, lead.next, EXISTS);
  if (present !== undefined)
    return { value: negateIf(lead.isNegated, exists(field)), next: present.next };
  const isToldSo = lead.hasCopula || isImplied || isLacking(source, lead.next);
  const state = isToldSo ? matchFirst(source, lead.next, EMPTY) : undefined;
  if (state === undefined || isNameWord(source, lead.next)) return undefined;
  const isFull = FULL.has(tokenAt(source, lead.next).word);
  if (isFull && tokenAt(source, lead.next + 1).word === "to") return undefined;
  return { value: negateIf(lead.isNegated === isFull, exists(field)), next: state.next };
}

/** "In Review" is a value. */
function readOneOf(source: Source, at: number): Match | undefined {
  return isNameWord(source, at) ? undefined : matchAt(source, at, ONE_OF);
}

const LACKING = pattern("missing|empty|blank|unset|absent");
const AFTER_LACKING = new Set(["", ",", ":", ";", ".", "->", "?", ")", "and", "or", "but"]);

/** "email missing": without its verb, where nothing follows. */
function isLacking(source: Source, at: number): boolean {
  const match = matchAt(source, at, LACKING);
  return match !== undefined && AFTER_LACKING.has(tokenAt(source, match.next).word);
}

function readMembership(
  source: Source,
  lead: Lead,
  field: string,
  isAtom: IsAtom,
): Read<Condition> | undefined {
  const variable = matchAt(source, lead.next, IN_VARIABLE);
  if (variable?.captures.variable !== undefined) {
    const member = compare(field, "in", variable.captures.variable);
    return { value: negateIf(lead.isNegated, member), next: variable.next };
  }
  const open = readOneOf(source, lead.next);
  if (open === undefined) return undefined;
  const bracket = ["(", "["].includes(tokenAt(source, open.next).word) ? 1 : 0;
  const list = readMembers(source, open.next + bracket, otherThanValue(field, isAtom));
  if (list === undefined) return undefined;
  const closing = bracket === 1 && [")", "]"].includes(tokenAt(source, list.next).word) ? 1 : 0;
  return {
    value: negateIf(lead.isNegated, compare(field, "in", list.value)),
    next: list.next + closing,
  };
}

function readMembers(
  source: Source,
  at: number,
  isAtom: IsAtom,
): Read<readonly Value[]> | undefined {
  return extendValues(source, at, isAtom, new Set([",", "or", "and", "/", "|"]));
}

const MOST_LISTED = 40;

/**
 * A value and those joined to it, as long as what follows is not a comparison of its own. Where a comma is no joint by
 * itself, it joins only before one that is: "New, Contacted or Qualified".
 */
function extendValues(
  source: Source,
  at: number,
  isAtom: IsAtom,
  joints: ReadonlySet<string>,
): Read<readonly Value[]> | undefined {
  const first = readValue(source, at);
  if (first === undefined) return undefined;
  const values: Value[] = [first.value];
  let joined: Read<readonly Value[]> = { value: [first.value], next: first.next };
  let { next } = first;
  while (values.length < MOST_LISTED) {
    const joint = skipJoints(source, next, joints);
    const more =
      joint.next === next || isAtom(source, joint.next) ? undefined : readValue(source, joint.next);
    if (more === undefined || !isFurtherValue(source, next - 1, joint.next, more.next))
      return joined;
    values.push(more.value);
    ({ next } = more);
    if (joint.value) joined = { value: [...values], next };
  }
  return joined;
}

/** Past a comma and a joint; whether there was a joint. */
function skipJoints(source: Source, at: number, joints: ReadonlySet<string>): Read<boolean> {
  let [next, isJoint] = [at, false];
  while (next - at < 2) {
    const { word } = tokenAt(source, next);
    const joins = joints.has(word);
    if (!joins && word !== ",") break;
    isJoint ||= joins;
    next += 1;
  }
  return { value: isJoint, next };
}

const ARTICLES = wordsOf("the either a an just");
const OR: ReadonlySet<string> = new Set(["or", "/"]);

function readEquality(
  source: Source,
  lead: Lead,
  field: string,
  isAtom: IsAtom,
  isImplied: boolean,
): Read<Condition> | undefined {
  const written = readOperator(source, lead.next);
  if (written === undefined && !isImplied && !isSaid(source, lead)) return undefined;
  const { value: operator, next } = written ?? { value: "==" as const, next: lead.next };
  const open = readOneOf(source, next);
  if (open !== undefined) return readAnyOf(source, open.next, lead, field, operator, isAtom);
  const start = skipArticles(source, next);
  const isBare = operator !== "contains" && tokenAt(source, start).kind === "word";
  if (isHeld(field) && isBare) return undefined;
  const list = extendValues(source, start, otherThanValue(field, isAtom), OR);
  if (list === undefined) return undefined;
  return { value: equate(field, operator, list.value, lead.isNegated), next: list.next };
}

function skipArticles(source: Source, at: number): number {
  let next = at;
  while (ARTICLES.has(tokenAt(source, next).word) && !tokenAt(source, next).isCapital) next += 1;
  return next;
}

/** "is New", "status still New" */
function isSaid(source: Source, { isEqualling, hasCopula, next }: Lead): boolean {
  const isStill = isWord(tokenAt(source, next - 1), "still", "now", "currently", "not");
  return isEqualling || (isStill && !hasCopula);
}

/** "contains any of A, B, C" */
function readAnyOf(
  source: Source,
  at: number,
  { isNegated }: Lead,
  field: string,
  operator: Operator,
  isAtom: IsAtom,
): Read<Condition> | undefined {
  const list = readMembers(source, at, otherThanValue(field, isAtom));
  return list === undefined
    ? undefined
    : { value: equate(field, operator, list.value, isNegated), next: list.next };
}

/** These one has or has not: a bare word behind them ("is valid") is no value of theirs. */
export function isHeld(field: string): boolean {
  return /(?:email|phone|linkedinUrl|website)$/i.test(field);
}

const AFTER_NAME: ReadonlySet<string> = new Set(["", ",", "or", "and", "/", ".", ";"]);

/** A name between joints is one more value, even where it could be said of somebody: "New, Contacted or Qualified". */
function otherThanValue(field: string, isAtom: IsAtom): IsAtom {
  return (source, at) => {
    const token = tokenAt(source, at);
    if (field.endsWith("title") && readPosition(source, at) !== undefined) return false;
    const isState =
      /(?:status|stage)$/.test(field) &&
      token.word === token.lemma &&
      AFTER_NAME.has(tokenAt(source, at + 1).word);
    const value =
      token.isCapital || token.kind === "quoted" || isState ? readValue(source, at) : undefined;
    const isName = value !== undefined && AFTER_NAME.has(tokenAt(source, value.next).word);
    return !isName && isAtom(source, at);
  };
}

function equate(
  field: string,
  operator: Operator,
  values: readonly Value[],
  isNegated: boolean,
): Condition {
  const [first] = values;
  if (operator === "==" && /(?:^|\.)tags$/.test(field))
    return equate(field, "contains", values, isNegated);
  if (values.length > 1 && (operator === "==" || operator === "!=")) {
    return negateIf(isNegated !== (operator === "!="), compare(field, "in", values));
  }
  if (values.length > 1)
    return negateIf(isNegated, joinAny(values.map((value) => compare(field, operator, value))));
  const isOpposed = isNegated && operator === "==" && typeof first !== "boolean";
  return isOpposed
    ? compare(field, "!=", first)
    : negateIf(isNegated, compare(field, operator, first));
}
