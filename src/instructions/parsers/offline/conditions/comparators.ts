import type { Condition, Operator } from "#domain/plan.ts";

import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { compareMoment, readComing, readMoment } from "./dates.ts";
import {
  type IsAtom,
  isHeld,
  otherThanValue,
  readEquality,
  readMembers,
  readOneOf,
} from "./equality.ts";
import { isNameWord, type Lead, readLead } from "./leads.ts";
import { readOperator, readQuantity } from "./quantities.ts";
import { compare, exists, negateIf } from "./scope.ts";

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
const IN_VARIABLE = pattern("in|on <variable>");

/** What follows a field: "is over 5k", "contains CEO", "is one of A, B", "is empty", "= Proposal", "is not set". */
export function readComparison(
  source: Source,
  at: number,
  field: string,
  isAtom: IsAtom,
  isImplied = false,
): Read<Condition> | undefined {
  const lead = readLead(source, isImplied && isWord(tokenAt(source, at), ":") ? at + 1 : at);
  if (isOfAll(source, lead, field)) return undefined;
  return (
    readInside(source, lead, field) ??
    readPresence(source, lead, field, isImplied) ??
    readTime(source, lead, field) ??
    readMembership(source, lead, field, isAtom) ??
    readMeasure(source, lead, field) ??
    readEquality(source, lead, field, isAtom, isImplied)
  );
}

const ORDERINGS: ReadonlySet<Operator> = new Set([">", "<", ">=", "<="]);

/** "with a phone number, no more than 15": nobody counts in those, and it bounds how many are wanted. */
function isOfAll(source: Source, { next }: Lead, field: string): boolean {
  const operator = isHeld(field) ? readOperator(source, next) : undefined;
  return operator !== undefined && ORDERINGS.has(operator.value);
}

const INSIDE = [
  "[the] [word|words|term] <quoted> [somewhere|anywhere] in it|there",
  "[the] [word|words|term] <bare> [somewhere|anywhere] in it|there",
].map(pattern);

/** "has Data in it" */
function readInside(
  source: Source,
  { next: at, isNegated, hasCopula }: Lead,
  field: string,
): Read<Condition> | undefined {
  const match = hasCopula ? matchFirst(source, at, INSIDE) : undefined;
  const value = match?.captures.quoted ?? match?.captures.bare;
  if (match === undefined || value === undefined) return undefined;
  return { value: negateIf(isNegated, compare(field, "contains", value)), next: match.next };
}

function readTime(
  source: Source,
  { next: at, isNegated }: Lead,
  field: string,
): Read<Condition> | undefined {
  if (tokenAt(source, at).isCapital && !isDate(field)) return undefined;
  if (isAhead(field) && isWord(tokenAt(source, at), "today"))
    return { value: negateIf(isNegated, compare(field, "==", "today")), next: at + 1 };
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
  const open = readOneOf(source, lead.next, field, lead.isEqualling);
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
