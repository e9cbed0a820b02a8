import type { Condition } from "#domain/plan.ts";

import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { type Kind, readKnownField, readOwnField } from "../readers/fields.ts";
import { isWord, type Read, type Source, tokenAt, within, wordsOf } from "../source.ts";
import { readComparison } from "./comparators.ts";
import { readSince } from "./dealings.ts";
import { readFinding, readFlag } from "./flags.ts";
import { readLead } from "./leads.ts";
import { readNamedField, readOwnComparison } from "./named-fields.ts";
import { readPossessed } from "./possessed.ts";
import { readPredicate } from "./predicates.ts";
import {
  type AtomReader,
  compare,
  nameField,
  place,
  placePath,
  type Scope,
  exists,
} from "./scope.ts";
import { readTagPresence } from "./tags.ts";
import { readThing } from "./things.ts";

/**
 * One comparison in words: a subject and what is said of it ("the deal's value is over 5k"), or, behind a search's noun,
 * what is said alone ("with more than 50 employees", "not contacted in 30 days").
 */
export function readAtom(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const start = skipOpening(source, at);
  for (const read of ATOMS) {
    const found = read(source, start, scope);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** In this order: the narrower stand before the wider. */
const ATOMS: readonly AtomReader[] = [
  readSince,
  readFinding,
  readThere,
  readFoundOut,
  readTruth,
  readPath,
  readWithPath,
  readInPath,
  readTagPresence,
  readFormField,
  readSubject,
  readOwned,
  (source, at, scope) => readPredicate(source, at, scope, isAtomAt(scope)),
  (source, at, scope) => readNamedField(source, at, scope, isAtomAt(scope)),
  readNothing,
];

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
function isAtomAt(scope: Scope): (source: Source, at: number) => boolean {
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
  if (isFlag) return { value: compare(field, "==", true), next: at + 1 };
  const after = tokenAt(source, at + 1).word;
  const isAlone = after === "" || AFTER_PATH.has(after);
  return isAlone ? { value: exists(field), next: at + 1 } : undefined;
}

/** "with contact.seats > 90" */
function readWithPath(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const isWith = isWord(tokenAt(source, at), "with", "having", "whose");
  return isWith ? readPath(source, at + 1, scope) : undefined;
}

const FORM = ["[the] form 's", "[the] form"].map(pattern);
const ON_FORM = pattern("on|in|of|from the form");

/** "the form's budget is over 10k", "the budget on the form is …": what was filled in. */
function readFormField(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const form = matchFirst(source, at, FORM)?.next;
  const start = form ?? (isWord(tokenAt(source, at), "the") ? at + 1 : at);
  for (const length of [1, 2, 3]) {
    const field = readOwnField(source, start, length);
    if (field === undefined) return undefined;
    const next = form === undefined ? matchAt(source, field.next, ON_FORM)?.next : field.next;
    const read =
      next === undefined
        ? undefined
        : readComparison(source, next, `form.${field.value}`, isAtomAt(scope));
    if (read !== undefined) return read;
  }
  return undefined;
}

const AFTER_PATH = wordsOf(": -> , then and or & ? )");

/** "'vip' in contact.tags" */
function readInPath(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const value = tokenAt(source, at);
  const path = tokenAt(source, at + 2);
  if (value.kind !== "quoted" || !isWord(tokenAt(source, at + 1), "in")) return undefined;
  if (path.kind !== "variable" && !/^\w+\.\w/.test(path.text)) return undefined;
  return { value: compare(placePath(scope, path.text), "contains", value.text), next: at + 3 };
}

const PEOPLE = `they|he|she|someone|somebody|anyone|anybody|everyone|one|who|contact|contacts|lead|prospect|person|people|recipient|customer|client|party|candidate|applicant|attendee|member|guest|subscriber|supporter|donor|buyer|seller`;
const COMPANIES = "company|account|organisation|organization|companies|business|firm|employer";
const DEALS = "deal|deals|opportunity|opp";

const SUBJECTS: readonly {
  readonly kind: Kind | "it";
  readonly phrase: ReturnType<typeof pattern>;
}[] = [
  {
    kind: "contact",
    phrase: pattern(
      `[the|this|that|a|our|any] ${PEOPLE} [in|on|from our|the|this list|crm|database|selection|pipeline] [who|that]`,
    ),
  },
  {
    kind: "company",
    phrase: pattern(
      `[(the|this|a contact|lead|person|prospect 's) / the|this|that|a|their|its|his|her|whose] ${COMPANIES}`,
    ),
  },
  {
    kind: "deal",
    phrase: pattern(`[the|this|that|a|an|any|their|its|his|her|whose|our] ${DEALS}`),
  },
  { kind: "it", phrase: pattern("it|this|that|which") },
];

/** "they replied", "the contact's status is Client", "the deal is worth …", "their company has …". */
function readSubject(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const isMarked = isWord(tokenAt(source, at), "the", "a", "their", "its", "this", "that", "our");
  if (isLongField(source, isMarked ? at + 1 : at)) return undefined;
  for (const { kind, phrase } of SUBJECTS) {
    const match = matchAt(source, at, phrase);
    if (match === undefined) continue;
    const subject = kind === "it" ? scope.subject : kind;
    const own: Scope = { ...scope, subject };
    const read = readOfSubject(source, match.next, own) ?? readFirmName(source, match.next, own);
    if (read !== undefined) return read;
  }
  return undefined;
}

/** "whose company is Acme": of a company a name alone is its own. */
function readFirmName(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  if (scope.subject !== "company") return undefined;
  const compared = readComparison(source, at, place(scope, "company", "name"), isAtomAt(scope));
  return compared !== undefined && isNamed(source, at, compared.next) ? compared : undefined;
}

/** Whether a name stands there: something quoted, a variable or a word with a capital. */
function isNamed(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const { kind, isCapital } = tokenAt(source, at);
    if (kind === "quoted" || kind === "variable" || isCapital) return true;
  }
  return false;
}

/** "lead score" and "deal size" are fields, and no lead or deal. */
function isLongField(source: Source, at: number): boolean {
  const known = readKnownField(source, at);
  return known !== undefined && known.next > at + 1;
}

function readOfSubject(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const { word } = tokenAt(source, at);
  const field =
    word === "'s" || kindBefore(source, at)
      ? readFieldOf(source, word === "'s" ? at + 1 : at, scope)
      : undefined;
  return field ?? readPredicate(source, at, scope, isAtomAt(scope));
}

function kindBefore(source: Source, at: number): boolean {
  return [
    "company",
    "deal",
    "contact",
    "account",
    "lead",
    "deals",
    "contacts",
    "companies",
  ].includes(tokenAt(source, at - 1).word);
}

function readFieldOf(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const custom = isWord(tokenAt(source, at), "custom")
    ? readPossessed(source, at, scope)
    : undefined;
  if (custom !== undefined)
    return readComparison(source, custom.next, custom.value, isAtomAt(scope));
  const known = readKnownField(source, at);
  if (known !== undefined) {
    const own = scope.subject === "company" || scope.subject === "deal";
    const field = own ? place(scope, scope.subject, known.value) : nameField(scope, known.value);
    const compared = readComparison(source, known.next, field, isAtomAt(scope));
    if (compared !== undefined) return compared;
  }
  return readOwnComparison(source, at, scope, isAtomAt(scope));
}

/** "replied is false", "opened email = true": a flag by its name. */
function readTruth(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const known = readKnownField(source, at);
  if (known === undefined || !FLAG_NAMES.has(known.value.toLowerCase())) return undefined;
  const field = nameField(scope, known.value);
  const compared = readComparison(source, known.next, field, isAtomAt(scope));
  const isWhole = /^[a-z]+[A-Z]/.test(tokenAt(source, at).text);
  if (compared === undefined && isWhole)
    return { value: compare(field, "==", true), next: known.next };
  if (compared === undefined || !("field" in compared.value)) return undefined;
  return typeof compared.value.value === "boolean" ? compared : undefined;
}

/** "no email": what somebody lacks, without a verb. */
function readNothing(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  return isWord(tokenAt(source, at), "no")
    ? readThing(source, at, scope, false, isAtomAt(scope))
    : undefined;
}

const THERE = pattern("there");

/** "there is still no LinkedIn URL", "there was a reply". */
function readThere(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const match = matchAt(source, at, THERE);
  const lead = match === undefined ? undefined : readLead(source, match.next);
  if (lead?.hasCopula !== true) return undefined;
  const start = matchAt(source, lead.next, ANY)?.next ?? lead.next;
  return (
    readFlag(source, start, scope, lead.isNegated) ??
    readThing(source, lead.next, scope, lead.isNegated, isAtomAt(scope))
  );
}

const FOUND_OUT = pattern(
  "[the] enrichment|apollo +find|found|returns|returned|gives|gave|brings|brought [us|back|up]",
);

/** "enrichment found an email": they have it now. */
function readFoundOut(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const match = matchAt(source, at, FOUND_OUT);
  return match === undefined
    ? undefined
    : readThing(source, match.next, scope, false, isAtomAt(scope));
}

const ANY = pattern("a|an|any|some");

const OWNED = pattern("(their|its|his|her|whose|there / who 's|is / of which|whom [the])");

/** "their status is New", "whose title contains Marketing". */
function readOwned(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const match = matchAt(source, at, OWNED);
  if (match === undefined) return undefined;
  const path = readPath(source, match.next, scope);
  if (path !== undefined) return path;
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
  return compared ?? readOwnComparison(source, match.next, scope, isAtomAt(scope));
}
