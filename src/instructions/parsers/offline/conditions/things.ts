import type { Condition } from "#domain/plan.ts";

import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { readNumber } from "../readers/amounts.ts";
import { type Kind, ownName, readKnownField } from "../readers/fields.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { wordTable } from "../word-table.ts";
import { readComparison } from "./comparators.ts";
import { compareMoment, readMoment } from "./dates.ts";
import { isHeld } from "./equality.ts";
import { readBound, readQuantity } from "./quantities.ts";
import { compare, exists, joinAll, nameField, negateIf, place, type Scope } from "./scope.ts";
import { readHeldTag } from "./tags.ts";

type IsAtom = (source: Source, at: number) => boolean;

const ARTICLES = wordsOf("a an the any their its his her our valid known some");

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
  while (ARTICLES.has(tokenAt(source, next).word)) next += 1;
  const tag = readHeldTag(source, next, scope);
  if (tag !== undefined) return { value: negateIf(negated, tag.value), next: tag.next };
  const firm = readFirm(source, next, scope);
  if (firm !== undefined) return { value: negateIf(negated, firm.value), next: firm.next };
  const mailbox = readMailbox(source, next, scope);
  if (mailbox !== undefined) return { value: negateIf(negated, mailbox.value), next: mailbox.next };
  const mention = readMention(source, next, scope);
  if (mention !== undefined) return { value: negateIf(negated, mention.value), next: mention.next };
  return readHeldField(source, next, scope, negated, isAtom);
}

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
  const isJoined = isEnd(source, field.next);
  const start = isWord(tokenAt(source, field.next), "that", "which") ? field.next + 1 : field.next;
  const compared = isJoined
    ? undefined
    : readComparison(source, start, field.value, isAtom, !isNegated && !isHeld(field.value));
  if (compared !== undefined)
    return { value: negateIf(isNegated, compared.value), next: compared.next };
  const next = matchAt(source, field.next, PRESENT)?.next ?? field.next;
  return { value: negateIf(isNegated, exists(field.value)), next };
}

const ENDS = new Set([",", "and", "or", "nor", "but", "", ".", ";", "&", "?", ":", "->", ")"]);

function isEnd(source: Source, at: number): boolean {
  return ENDS.has(tokenAt(source, at).word);
}

const LONGEST_NAME = 3;
const NO_NAME =
  wordsOf(`over under above below between at least most more less fewer than to for with in on at from of by that who which
  been them not no reply chance need other deal deals contact contacts company companies account accounts firm firms ones one those open meeting call problem question`);

/** A field of the workspace's own by its bare name: "has no loss reason". */
function readUnknown(source: Source, at: number, scope: Scope): Read<string> | undefined {
  if (!INTRODUCING.has(tokenAt(source, at - 1).word) || !isBeside(source, at)) return undefined;
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

/** Whether the word before stands there in the text, too, and is not said again. */
function isBeside({ text, tokens }: Source, at: number): boolean {
  const [before, here] = [tokens[at - 1]?.end, tokens[at]?.start];
  return before !== undefined && here !== undefined && text.slice(before, here).trim() === "";
}

const INTRODUCING = wordsOf("no a an any without");

/** "deal value", "company industry", "custom field 'tier'", "title". */
export function readPossessed(source: Source, at: number, scope: Scope): Read<string> | undefined {
  const custom = matchAt(source, at, CUSTOM);
  if (custom?.captures.text !== undefined)
    return { value: nameField(scope, custom.captures.text), next: custom.next };
  const owned = readOwnedBefore(source, at, scope);
  if (owned !== undefined) return owned;
  const field = readKnownField(source, at);
  return field === undefined ? undefined : readOwnedBehind(source, field, scope);
}

/** "deal value", "the deals value" */
function readOwnedBefore(source: Source, at: number, scope: Scope): Read<string> | undefined {
  const { word } = tokenAt(source, at);
  const kind = KINDS[word] ?? word;
  if (kind !== "company" && kind !== "deal" && kind !== "contact") return undefined;
  const after = tokenAt(source, at + 1).word === "'s" ? at + 2 : at + 1;
  const own = readKnownField(source, after);
  return own === undefined ? undefined : { value: place(scope, kind, own.value), next: own.next };
}

/** "the value of the deal" */
function readOwnedBehind(
  source: Source,
  { value, next }: Read<string>,
  scope: Scope,
): Read<string> {
  const owner = matchAt(source, next, OF_OWNER);
  const kind = owner === undefined ? undefined : OWNERS[tokenAt(source, owner.next - 1).word];
  return owner === undefined || kind === undefined
    ? { value: nameField(scope, value), next }
    : { value: place(scope, kind, value), next: owner.next };
}

const OF_OWNER = pattern(
  "of the|a|this|that|their|each|every contact|lead|person|client|customer|prospect|company|account|firm|deal|opportunity",
);
const OWNERS: Readonly<Record<string, Kind>> = wordTable({
  contact: "contact",
  lead: "contact",
  person: "contact",
  client: "contact",
  customer: "contact",
  prospect: "contact",
  company: "company",
  account: "company",
  firm: "company",
  deal: "deal",
  opportunity: "deal",
});

/** "the deals value" is the deal's, typed in haste. */
const KINDS: Readonly<Record<string, string>> = wordTable({
  account: "company",
  companies: "company",
  companys: "company",
  deals: "deal",
  contacts: "contact",
  leads: "contact",
});

const CUSTOM = pattern("[the] custom field [called|named] <text>");
