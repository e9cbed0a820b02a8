import type { Condition } from "#domain/plan.ts";

import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { readNumber } from "../readers/amounts.ts";
import { ownName, readKnownField } from "../readers/fields.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { wordTable } from "../word-table.ts";
import { readComparison } from "./comparators.ts";
import { compareMoment, readMoment } from "./dates.ts";
import { isHeld } from "./equality.ts";
import { readPosition } from "./positions.ts";
import { readPossessed } from "./possessed.ts";
import { readBound, readQuantity } from "./quantities.ts";
import {
  type AtomReader,
  compare,
  exists,
  joinAll,
  nameField,
  negateIf,
  place,
  type Scope,
} from "./scope.ts";
import { readHeldTag } from "./tags.ts";

type IsAtom = (source: Source, at: number) => boolean;

const ARTICLES = wordsOf("a an the any their its his her our valid known some");

const SOME_ONE = pattern("at least one|a|1");

/** What somebody has: "a LinkedIn URL", "no phone number", "more than 50 employees", "the tag VIP", "status Client". */
export function readThing(
  source: Source,
  at: number,
  scope: Scope,
  isNegated: boolean,
  isAtom: IsAtom,
): Read<Condition> | undefined {
  const isNone =
    ["no", "zero"].includes(tokenAt(source, at).word) && tokenAt(source, at + 1).word !== "less";
  const negated = isNegated !== isNone;
  let next = isNone ? at + 1 : at;
  const counted = readCounted(source, next, scope);
  if (counted !== undefined) return { value: negateIf(negated, counted.value), next: counted.next };
  next = matchAt(source, next, SOME_ONE)?.next ?? next;
  while (ARTICLES.has(tokenAt(source, next).word)) next += 1;
  for (const read of HELD) {
    const held = read(source, next, scope);
    if (held !== undefined) return { value: negateIf(negated, held.value), next: held.next };
  }
  return readHeldField(source, next, scope, negated, isAtom);
}

/** In this order: the narrower stand before the wider. */
const HELD: readonly AtomReader[] = [readHeldTag, readFirm, readMailbox, readMention, readAddress];

/** "more than 50 employees", "200 to 500 people". */
function readCounted(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const quantity = readQuantities(source, at);
  if (quantity === undefined) return readBoundBehind(source, at, scope);
  const unit = readUnit(source, quantity.next);
  if (unit === undefined) return undefined;
  const next = matchAt(source, unit.next, AT_THEIRS)?.next ?? unit.next;
  return { value: renameField(quantity.value, nameField(scope, unit.value)), next };
}

/** "300 employees or fewer": the bound behind what is counted. */
function readBoundBehind(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const number = readNumber(source, at);
  const unit = number === undefined ? undefined : readUnit(source, number.next);
  const bound = unit === undefined ? undefined : readBound(source, unit.next);
  if (number === undefined || unit === undefined || bound === undefined) return undefined;
  const field = nameField(scope, unit.value);
  return { value: compare(field, bound.value, number.value), next: bound.next };
}

const AT_THEIRS = pattern(
  "at|in|on their|the|its|his|her company|firm|team|payroll|organisation|organization",
);
const BUT = pattern("but|and|yet [also]");

/** "more than 20 but fewer than 200". */
function readQuantities(source: Source, at: number): Read<Condition> | undefined {
  const first = readQuantity(source, at, "");
  const joint = first === undefined ? undefined : matchAt(source, first.next, BUT);
  const second = joint === undefined ? undefined : readQuantity(source, joint.next, "");
  if (first === undefined || second === undefined) return first;
  return { value: joinAll([first.value, second.value]), next: second.next };
}

const COUNTED_UNITS: Readonly<Record<string, string>> = wordTable({
  people: "employees",
  staff: "employees",
  employees: "employees",
  employee: "employees",
  headcount: "employees",
  workers: "employees",
  persons: "employees",
  collaborators: "employees",
});

function readUnit(source: Source, at: number): Read<string> | undefined {
  const { word } = tokenAt(source, at);
  const name = COUNTED_UNITS[word];
  if (name !== undefined) return { value: name, next: at + 1 };
  const inField = ["in", "of"].includes(word) ? readKnownField(source, at + 1) : undefined;
  return (
    inField ??
    (word === "probability" || word === "revenue" ? readKnownField(source, at) : undefined)
  );
}

function renameField(condition: Condition, field: string): Condition {
  if ("all" in condition) return { all: condition.all.map((one) => renameField(one, field)) };
  return "field" in condition ? { ...condition, field } : condition;
}

const FIRM = pattern("company|employer [called|named] <bare>");

/** "with company Acme" */
function readFirm(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const match = matchAt(source, at, FIRM);
  const name = match?.captures.bare;
  if (match === undefined || name === undefined || !/^\p{Lu}/u.test(name)) return undefined;
  return { value: compare(place(scope, "company", "name"), "==", name), next: match.next };
}

const MAILBOX = pattern(
  "gmail|hotmail|yahoo|outlook|icloud|aol|gmx|proton|protonmail [email] address|addresses|account|accounts|mailbox|email|emails",
);

/** "a gmail address" */
function readMailbox(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const match = matchAt(source, at, MAILBOX);
  if (match === undefined) return undefined;
  const host = tokenAt(source, at).text;
  return { value: compare(nameField(scope, "email"), "contains", host), next: match.next };
}

const MENTION = [
  "[the] [word|words|term|keyword] <quoted> [somewhere|anywhere] in|as [the|their|there|its|his|her] <known>",
  "[the] [word|words|term|keyword] <bare> [somewhere|anywhere] in|as [the|their|there|its|his|her] <known>",
].map(pattern);

/** "'CEO' in their title". */
function readMention(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const match = matchFirst(source, at, MENTION);
  if (match?.captures.known === undefined) return undefined;
  const value = match.captures.quoted ?? match.captures.bare ?? "";
  return {
    value: compare(nameField(scope, match.captures.known), "contains", value),
    next: match.next,
  };
}

const PRESENT = pattern(
  "(on file|record|hand / in|on [the|our] crm|system|database|records|profile / [yet|been] set|given|listed|recorded|entered|available|known|stored|filled|added|attached [in|out|up] [yet] / at all / yet)",
);

function readHeldField(
  source: Source,
  at: number,
  scope: Scope,
  isNegated: boolean,
  isAtom: IsAtom,
): Read<Condition> | undefined {
  const field = readPossessed(source, at, scope) ?? readUnknown(source, at, scope);
  if (field === undefined) return readMeasured(source, at, scope, isNegated);
  const isJoined = isEnd(source, field.next) || (isNegated && isPlaceBehind(source, field.next));
  const isImplied = !isNegated && !isHeld(field.value);
  const compared = isJoined ? undefined : readSaidOf(source, field, isAtom, isImplied);
  if (compared !== undefined)
    return { value: negateIf(isNegated, compared.value), next: compared.next };
  const next = matchAt(source, field.next, PRESENT)?.next ?? field.next;
  return { value: negateIf(isNegated, exists(field.value)), next };
}

function readSaidOf(
  source: Source,
  { value, next }: Read<string>,
  isAtom: IsAtom,
  isImplied: boolean,
): Read<Condition> | undefined {
  const start = isWord(tokenAt(source, next), "that", "which") ? next + 1 : next;
  return readComparison(source, start, value, isAtom, isImplied);
}

/** "without any tags in Paris" */
function isPlaceBehind(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "in", "at", "from");
}

/** "the email jane@acme.com" */
function readAddress(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const field = readPossessed(source, at, scope);
  const address = field === undefined ? undefined : tokenAt(source, field.next);
  if (field === undefined || address?.kind !== "email") return undefined;
  return { value: compare(field.value, "==", address.text), next: field.next + 1 };
}

const ENDS = new Set([",", "and", "or", "nor", "but", "", ".", ";", "&", "?", ":", "->", ")"]);

function isEnd(source: Source, at: number): boolean {
  return ENDS.has(tokenAt(source, at).word);
}

const LONGEST_NAME = 3;
const NO_NAME =
  wordsOf(`over under above below between at least most more less fewer than to for with in on from of by that who which
  been them not no reply chance need other deal deals contact contacts company companies account accounts firm firms ones one those customer customers client clients partner partners open meeting call problem question`);

/** A field of the workspace's own by its bare name: "has no loss reason". */
function readUnknown(source: Source, at: number, scope: Scope): Read<string> | undefined {
  if (!isIntroduced(source, at) || readPosition(source, at) !== undefined) return undefined;
  for (let length = 1; length <= LONGEST_NAME; length++) {
    const token = tokenAt(source, at + length - 1);
    if (token.kind !== "word" || token.isCapital || NO_NAME.has(token.word)) return undefined;
    if (!isEnd(source, at + length) && matchAt(source, at + length, PRESENT) === undefined)
      continue;
    const name = ownName(source, at, at + length);
    return name === undefined ? undefined : { value: nameField(scope, name), next: at + length };
  }
  return undefined;
}

/** "with health score below 40": a bare name is a field where an amount is compared with it. */
function readMeasured(
  source: Source,
  at: number,
  scope: Scope,
  isNegated: boolean,
): Read<Condition> | undefined {
  for (let length = 1; length <= LONGEST_NAME; length++) {
    const { kind, word } = tokenAt(source, at + length - 1);
    if (kind !== "word" || NO_NAME.has(word)) return undefined;
    const own = ownName(source, at, at + length);
    if (own === undefined) return undefined;
    const name = nameField(scope, own);
    const moment = readMoment(source, at + length);
    if (moment !== undefined)
      return { value: compareMoment(isNegated, name, moment.value), next: moment.next };
    const quantity = readQuantity(source, at + length, name);
    if (quantity !== undefined)
      return { value: negateIf(isNegated, quantity.value), next: quantity.next };
  }
  return undefined;
}

function isIntroduced(source: Source, at: number): boolean {
  return INTRODUCING.has(tokenAt(source, at - 1).word) && isBeside(source, at);
}

/** Whether the word before stands there in the text, too, and is not said again. */
function isBeside({ text, tokens }: Source, at: number): boolean {
  const [before, here] = [tokens[at - 1]?.end, tokens[at]?.start];
  return before !== undefined && here !== undefined && text.slice(before, here).trim() === "";
}

const INTRODUCING = wordsOf("no a an any without");
