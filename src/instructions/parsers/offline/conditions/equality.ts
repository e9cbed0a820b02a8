import type { Condition, Operator, Value } from "#domain/plan.ts";

import { type Match, matchAt, pattern } from "../pattern.ts";
import { isFurtherValue, readValue } from "../readers/values.ts";
import { isWord, type Read, type Reader, type Source, tokenAt, wordsOf } from "../source.ts";
import { isNameWord, type Lead } from "./leads.ts";
import { readPosition } from "./positions.ts";
import { readOperator } from "./quantities.ts";
import { compare, joinAny, negateIf } from "./scope.ts";
import { isState, readState } from "./states.ts";

/** Whether a comparison of its own begins at a place. */
export type IsAtom = (source: Source, at: number) => boolean;

const ONE_OF = pattern("(any|one|either of / in|among) [:] [the|these|following]");

/** "in review", "In Review" are states, and no list; "a phone number in Paris" has none. */
export function readOneOf(
  source: Source,
  at: number,
  field: string,
  isToldSo: boolean,
): Match | undefined {
  const isNamed =
    isNameWord(source, at) || (isToldSo && isState(field) && readState(source, at) !== undefined);
  return isNamed || isHeld(field) ? undefined : matchAt(source, at, ONE_OF);
}

export function readMembers(
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
  read: Reader<Value> = readValue,
): Read<readonly Value[]> | undefined {
  const first = read(source, at);
  if (first === undefined) return undefined;
  const values: Value[] = [first.value];
  let joined: Read<readonly Value[]> = { value: [first.value], next: first.next };
  let { next } = first;
  while (values.length < MOST_LISTED) {
    const joint = skipJoints(source, next, joints);
    const isOther = isAtom(source, joint.next) || isComparing(source, joint.next);
    const more = joint.next === next || isOther ? undefined : read(source, joint.next);
    if (more === undefined || !isFurtherValue(source, next - 1, joint.next, more.next))
      return joined;
    values.push(more.value);
    ({ next } = more);
    if (joint.value) joined = { value: [...values], next };
  }
  return joined;
}

/** "contains Founder or contains Owner" */
function isComparing(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "contains", "includes", "equals", "mentions");
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

export function readEquality(
  source: Source,
  lead: Lead,
  field: string,
  isAtom: IsAtom,
  isImplied: boolean,
): Read<Condition> | undefined {
  const written = readOperator(source, lead.next);
  if (written === undefined && !isImplied && !isSaid(source, lead)) return undefined;
  const isOther = otherThanValue(field, isAtom);
  const equal: Read<Operator> = { value: "==", next: lead.next };
  const compared = written === undefined ? [] : [written];
  for (const { value: operator, next } of [...compared, equal]) {
    const list = readEqual(source, next, field, operator, isOther);
    if (list !== undefined)
      return { value: equate(field, operator, list.value, lead.isNegated), next: list.next };
    if (!lead.isEqualling) return undefined;
  }
  return undefined;
}

function readEqual(
  source: Source,
  at: number,
  field: string,
  operator: Operator,
  isOther: IsAtom,
): Read<readonly Value[]> | undefined {
  const open = readOneOf(source, at, field, true);
  if (open !== undefined) return readMembers(source, open.next, isOther);
  const start = skipArticles(source, at);
  const isBare = operator !== "contains" && tokenAt(source, start).kind === "word";
  if (isHeld(field) && isBare) return undefined;
  return extendValues(source, start, isOther, OR, isState(field) ? readStateValue : readValue);
}

/** "in review", "New", "Lost to Competitor" */
function readStateValue(source: Source, at: number): Read<Value> | undefined {
  return readState(source, at) ?? readValue(source, at);
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

/** These one has or has not: a bare word behind them ("is valid") is no value of theirs. */
export function isHeld(field: string): boolean {
  return /(?:^|\.|work|home)(?:email|phone|linkedinUrl|website)$/i.test(field);
}

const AFTER_NAME = wordsOf(", or and / . ; ) ] : -> ?");

function isAfterName(source: Source, at: number): boolean {
  const { word } = tokenAt(source, at);
  return word === "" || AFTER_NAME.has(word);
}

/** A name between joints is one more value, even where it could be said of somebody: "New, Contacted or Qualified". */
export function otherThanValue(field: string, isAtom: IsAtom): IsAtom {
  const isOfState = isState(field);
  return (source, at) => {
    if (field.endsWith("title") && readPosition(source, at) !== undefined) return false;
    if (isOfState && readState(source, at) !== undefined) return false;
    return !isNameAlone(source, at, isOfState) && isAtom(source, at);
  };
}

function isNameAlone(source: Source, at: number, isOfState: boolean): boolean {
  const { word, lemma, isCapital, kind } = tokenAt(source, at);
  const isPlain = isOfState && word === lemma && isAfterName(source, at + 1);
  const mayBeName = isCapital || kind === "quoted" || isPlain;
  const value = mayBeName ? readValue(source, at) : undefined;
  return value !== undefined && isAfterName(source, value.next);
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
