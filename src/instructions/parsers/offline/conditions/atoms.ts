import type { Condition } from "#domain/plan.ts";

import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { type Kind, readKnownField, readOwnField } from "../readers/fields.ts";
import { type Read, type Source, tokenAt, within, wordsOf } from "../source.ts";
import {
  type Lead,
  negateMoment,
  readComparison,
  readLead,
  readOperator,
  readQuantity,
} from "./comparators.ts";
import { readMoment, readStretch } from "./dates.ts";
import { readFinding, readFlag } from "./flags.ts";
import { readNamed, readPlace, readPosition } from "./places.ts";
import { compare, exists, nameField, negateIf, place, placePath, type Scope } from "./scope.ts";
import { readPossessed, readTagged, readThing } from "./things.ts";

/**
 * One comparison in words: a subject and what is said of it ("the deal's value is over 5k"), or, behind a search's noun,
 * what is said alone ("with more than 50 employees", "not contacted in 30 days").
 */
export function readAtom(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const start = skipOpening(source, at);
  return (
    readFinding(source, start) ??
    readPath(source, start, scope) ??
    readSubject(source, start, scope) ??
    readOwned(source, start, scope) ??
    readPredicate(source, start, scope) ??
    readNamedField(source, start, scope)
  );
}

const OPENING = wordsOf("where that which only those ones any all is");

function skipOpening(source: Source, at: number): number {
  let next = at;
  while (
    OPENING.has(tokenAt(source, next).word) &&
    next - at < 3 &&
    tokenAt(source, next).kind === "word"
  )
    next += 1;
  return next;
}

/** Whether a comparison of its own begins here; only looked at up to the next joint, so that it costs little. */
export function isAtomAt(scope: Scope): (source: Source, at: number) => boolean {
  return (source, at) => {
    let end = at;
    while (end < source.end && !JOINTS.has(tokenAt(source, end).word)) end += 1;
    return readAtom(within(source, end), at, scope) !== undefined;
  };
}

const JOINTS = wordsOf("and or , ; . : but then ->");
const FLAG_NAMES = wordsOf("replied openedemail opened_email interested optedout opted_out");

/** `contact.title contains CEO`, `form.country is US`, `memory.touches > 4`, `contact.interested`. */
function readPath(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const token = tokenAt(source, at);
  const isPath =
    token.kind === "variable" || (token.kind === "word" && /^\w+(?:\.|\[)/.test(token.text));
  if (!isPath) return undefined;
  const field = placePath(scope, token.text);
  const isFlag = FLAG_NAMES.has(field.split(".").at(-1)?.toLowerCase() ?? "");
  const compared = readComparison(source, at + 1, field, isAtomAt(scope));
  if (compared !== undefined) return compared;
  return isFlag ? { value: compare(field, "==", true), next: at + 1 } : undefined;
}

const PEOPLE = `they|he|she|someone|somebody|anyone|anybody|everyone|one|who|contact|contacts|lead|prospect|person|people|recipient|customer|client`;
const COMPANIES = "company|account|organisation|organization|companies|business|firm";
const DEALS = "deal|deals|opportunity|opp";

const SUBJECTS: readonly {
  readonly kind: Kind | "it";
  readonly phrase: ReturnType<typeof pattern>;
}[] = [
  { kind: "contact", phrase: pattern(`[the|this|that|a|our|any] ${PEOPLE} [who|that]`) },
  { kind: "company", phrase: pattern(`[the|this|that|a|their|its|his|her|whose] ${COMPANIES}`) },
  { kind: "deal", phrase: pattern(`[the|this|that|a|their|its] ${DEALS}`) },
  { kind: "it", phrase: pattern("it|this|that|which") },
];

/** "they replied", "the contact's status is Client", "the deal is worth …", "their company has …". */
function readSubject(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const known = readKnownField(source, at);
  if (known !== undefined && known.next > at + 1) return undefined;
  for (const { kind, phrase } of SUBJECTS) {
    const match = matchAt(source, at, phrase);
    if (match === undefined) continue;
    const subject = kind === "it" ? scope.subject : kind;
    const own: Scope = { ...scope, subject };
    const read = readOfSubject(source, match.next, own);
    if (read !== undefined) return read;
  }
  return undefined;
}

function readOfSubject(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const { word } = tokenAt(source, at);
  const field =
    word === "'s" || kindBefore(source, at)
      ? readFieldOf(source, word === "'s" ? at + 1 : at, scope)
      : undefined;
  return field ?? readPredicate(source, at, scope);
}

function kindBefore(source: Source, at: number): boolean {
  return ["company", "deal", "contact", "account", "lead"].includes(tokenAt(source, at - 1).word);
}

function readFieldOf(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const known = readKnownField(source, at);
  if (known !== undefined) {
    const own = scope.subject === "company" || scope.subject === "deal";
    const field = own ? place(scope, scope.subject, known.value) : nameField(scope, known.value);
    const compared = readComparison(source, known.next, field, isAtomAt(scope));
    if (compared !== undefined) return compared;
  }
  return readOwnComparison(source, at, scope);
}

const OWNED = pattern("their|its|his|her|whose");

/** "their status is New", "whose title contains Marketing". */
function readOwned(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const match = matchAt(source, at, OWNED);
  if (match === undefined) return undefined;
  const isPerson =
    ["their", "his", "her"].includes(tokenAt(source, at).word) && scope.searched === undefined;
  const possessed = readPossessed(
    source,
    match.next,
    isPerson ? { ...scope, subject: "contact" } : scope,
  );
  const compared =
    possessed === undefined
      ? undefined
      : readComparison(source, possessed.next, possessed.value, isAtomAt(scope));
  return compared ?? readOwnComparison(source, match.next, scope);
}

/** A field that only this workspace has: "tier is A", "renewal status = due". */
function readOwnComparison(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  for (const length of [1, 2, 3]) {
    const field = readOwnField(source, at, length);
    if (field === undefined || NO_FIELD.has(tokenAt(source, at + length - 1).word))
      return undefined;
    const isCompared = isComparing(source, field.next);
    if (!isCompared) continue;
    return readComparison(source, field.next, nameField(scope, field.value), isAtomAt(scope));
  }
  return undefined;
}

const NO_FIELD =
  wordsOf(`they he she it who is are was not and or in from with without at that which there no if has have tagged
  the a an this contact deal company lead contacts deals companies leads everyone anyone someone people person email emails
  of over under above below more less fewer than least most between to for either on send find`);

function isComparing(source: Source, at: number): boolean {
  const lead = readLead(source, at);
  const operator = readOperator(source, lead.next);
  const isWeak = ["of", "as", ":", "like", "past"].includes(tokenAt(source, lead.next).word);
  return (operator !== undefined && !isWeak) || isIs(source, at);
}

function isIs(source: Source, at: number): boolean {
  return ["is", "are"].includes(tokenAt(source, at).word) && tokenAt(source, at).kind === "word";
}

/** "title contains CEO", "stage = Proposal", "the deal value is over 5k", "probability at least 50". */
function readNamedField(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const start = ["the", "a", "an"].includes(tokenAt(source, at).word) ? at + 1 : at;
  const possessed = readPossessed(source, start, scope);
  if (possessed !== undefined) {
    const isTitleLike =
      tokenAt(source, possessed.next).kind !== "mark" ||
      [">", "<", ">=", "<=", "=", "==", "!=", "!", ":"].includes(
        tokenAt(source, possessed.next).word,
      );
    const read = isTitleLike
      ? readComparison(
          source,
          possessed.next,
          possessed.value,
          isAtomAt(scope),
          scope.searched !== undefined,
        )
      : undefined;
    if (read !== undefined) return read;
  }
  return readOwnComparison(source, start, scope);
}

const DATED: Readonly<Record<string, string>> = {
  create: "createdAt",
  add: "createdAt",
  open: "createdAt",
  update: "updatedAt",
  change: "updatedAt",
  touch: "updatedAt",
  modify: "updatedAt",
  modified: "updatedAt",
  contact: "lastContactedAt",
  email: "lastContactedAt",
  mail: "lastContactedAt",
  reach: "lastContactedAt",
  message: "lastContactedAt",
  close: "closedAt",
};

/** What is said of a subject: "replied", "is tagged VIP", "has no phone", "was created today", "in London". */
export function readPredicate(
  source: Source,
  at: number,
  scope: Scope,
): Read<Condition> | undefined {
  const start =
    tokenAt(source, at).word === "who" || tokenAt(source, at).word === "that" ? at + 1 : at;
  const lead = readLead(source, start);
  const isAtom = isAtomAt(scope);
  return (
    readFlag(source, lead.next, scope, lead.isNegated) ??
    readDated(source, lead, scope) ??
    readTagged(source, lead.next, scope, lead.isNegated) ??
    readHaving(source, start, lead, scope) ??
    readWorth(source, lead, scope) ??
    readEmployed(source, lead, scope) ??
    readPlace(source, lead.next, scope, lead.isNegated, isAtom) ??
    readNamed(source, lead.next, scope, lead.isNegated) ??
    readBeing(source, lead, scope)
  );
}

function readDated(
  source: Source,
  { next, isNegated, hasCopula }: Lead,
  scope: Scope,
): Read<Condition> | undefined {
  const recently = ["newly", "last", "recently"].includes(tokenAt(source, next).word) ? 1 : 0;
  const token = tokenAt(source, next + recently);
  const field = DATED[token.lemma];
  const isPast = token.word !== token.lemma || hasCopula;
  if (field === undefined || !isPast || token.kind !== "word") return undefined;
  const name = nameField(scope, field);
  const after = skipWords(source, next + recently + 1, FILLERS);
  const stretch = isNegated ? readStretch(source, after) : undefined;
  const moment = stretch ?? readMoment(source, after);
  if (moment !== undefined)
    return { value: negateMoment(isNegated, name, moment.value), next: moment.next };
  if (field !== "lastContactedAt") return undefined;
  const next2 = skipWords(source, after, wordsOf("before yet already at all ever"));
  return { value: negateIf(isNegated, exists(name)), next: next2 };
}

const FILLERS = wordsOf("us by out to our team again");

function skipWords(source: Source, at: number, words: ReadonlySet<string>): number {
  let next = at;
  while (words.has(tokenAt(source, next).word)) next += 1;
  return next;
}

const WITHOUT = pattern("without|lacking|missing [having]");
const WITH = ["with|having|w/|holding", "has|have|had [got]"].map(pattern);
const LACK = pattern("lack|lacks");

function readHaving(
  source: Source,
  at: number,
  lead: Lead,
  scope: Scope,
): Read<Condition> | undefined {
  const without = matchAt(source, lead.next, WITHOUT) ?? matchAt(source, lead.next, LACK);
  if (without !== undefined) return readThing(source, without.next, scope, true, isAtomAt(scope));
  const withThing = matchFirst(source, lead.next, WITH);
  if (withThing !== undefined)
    return readThing(
      source,
      skipGot(source, withThing.next),
      scope,
      lead.isNegated,
      isAtomAt(scope),
    );
  const isHaving =
    lead.hasCopula &&
    ["has", "have", "had", "does", "do", "did"].includes(tokenAt(source, at).word);
  const next = isHaving ? skipGot(source, lead.next) : lead.next;
  return isHaving ? readThing(source, next, scope, lead.isNegated, isAtomAt(scope)) : undefined;
}

function skipGot(source: Source, at: number): number {
  return ["got", "get"].includes(tokenAt(source, at).word) ? at + 1 : at;
}

const WORTH = pattern("(worth / valued|priced at) [about|around]");
const UNIT_OF_COMPANY = pattern("people|employees|staff|headcount");

/** "worth over $90k"; a bare "over 50k" is a deal's value, "over 50 people" a company's size. */
function readWorth(
  source: Source,
  { next, isNegated }: Lead,
  scope: Scope,
): Read<Condition> | undefined {
  const worth = matchAt(source, next, WORTH);
  const value = place(scope, "deal", "value");
  if (worth !== undefined) {
    const quantity =
      readQuantity(source, worth.next, value) ?? readExact(source, worth.next, value);
    return quantity === undefined
      ? undefined
      : { value: negateIf(isNegated, quantity.value), next: quantity.next };
  }
  const quantity = readQuantity(source, next, value);
  if (quantity === undefined) return undefined;
  const people = matchAt(source, quantity.next, UNIT_OF_COMPANY);
  if (people !== undefined) {
    const size = readQuantity(source, next, place(scope, "company", "employees"));
    return size === undefined
      ? undefined
      : { value: negateIf(isNegated, size.value), next: people.next };
  }
  const inValue = matchAt(source, quantity.next, pattern("in value"))?.next ?? quantity.next;
  return scope.subject === "deal"
    ? { value: negateIf(isNegated, quantity.value), next: inValue }
    : undefined;
}

function readExact(source: Source, at: number, field: string): Read<Condition> | undefined {
  const number = matchAt(source, at, pattern("<number>"));
  return number?.captures.number === undefined
    ? undefined
    : { value: compare(field, "==", number.captures.number), next: number.next };
}

const AT_COMPANIES = pattern(
  "at|from|in|of|for|working|work|works|whose [at|for|in] [a|any|the] companies|company|firms|firm|organisations|organizations|businesses|accounts [that|which|who]",
);

/** "at companies with more than 300 employees": what follows is said of the company. */
function readEmployed(
  source: Source,
  { next, isNegated }: Lead,
  scope: Scope,
): Read<Condition> | undefined {
  const match = scope.subject === "contact" ? matchAt(source, next, AT_COMPANIES) : undefined;
  if (match === undefined) return undefined;
  const company: Scope = { ...scope, subject: "company" };
  const read =
    readPredicate(source, match.next, company) ?? readNamedField(source, match.next, company);
  return read === undefined
    ? undefined
    : { value: negateIf(isNegated, read.value), next: read.next };
}

/** "is a CEO", "are either VPs". */
function readBeing(
  source: Source,
  { next, isNegated, hasCopula }: Lead,
  scope: Scope,
): Read<Condition> | undefined {
  const start = skipWords(source, next, wordsOf("a an the either all"));
  const position = readPosition(source, start);
  if (position !== undefined && (hasCopula || scope.searched === "contact")) {
    return {
      value: negateIf(isNegated, compare(nameField(scope, "title"), "contains", position.value)),
      next: position.next,
    };
  }
  const state = hasCopula ? matchAt(source, start, STATUS) : undefined;
  if (state === undefined) return undefined;
  const { text } = tokenAt(source, start);
  const status = text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
  const compared = compare(nameField(scope, "status"), isNegated ? "!=" : "==", status);
  return { value: compared, next: state.next };
}

const STATUS = pattern(
  "qualified|unqualified|active|inactive|churned|customer|customers|client|new",
);
