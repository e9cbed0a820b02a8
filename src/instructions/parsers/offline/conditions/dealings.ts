import type { Condition } from "#domain/plan.ts";

import { matchAt, pattern, type Pattern } from "../pattern.ts";
import type { Kind } from "../readers/fields.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { wordTable } from "../word-table.ts";
import { readAgent } from "./agents.ts";
import { compareMoment, readMoment, readStretch } from "./dates.ts";
import { type Lead, readLead } from "./leads.ts";
import { compare, exists, nameField, negateIf, place, type Scope } from "./scope.ts";

/** What was done to somebody or something, and when: "created today", "not contacted in 30 days", "we last emailed in May". */

const CONTACTING =
  "contact email mail reach message speak talk hear call phone meet ping chase write follow approach";

const DATED: Readonly<Record<string, string>> = wordTable({
  create: "createdAt",
  add: "createdAt",
  open: "createdAt",
  join: "createdAt",
  register: "createdAt",
  sign: "createdAt",
  update: "updatedAt",
  change: "updatedAt",
  edit: "updatedAt",
  modify: "updatedAt",
  modified: "updatedAt",
  close: "closedAt",
  ...Object.fromEntries(CONTACTING.split(" ").map((verb) => [verb, "lastContactedAt"])),
});

/** Pasts that the lexicon has not, since nothing is commanded with them. */
const PASTS: Readonly<Record<string, string>> = wordTable({
  spoke: "speak",
  spoken: "speak",
  talked: "talk",
  talking: "talk",
  heard: "hear",
  phoned: "phone",
  met: "meet",
  pinged: "ping",
  chased: "chase",
  edited: "edit",
  approached: "approach",
});

/** "touched": of a deal it was changed, of a person they were contacted. */
const TOUCHING = wordsOf("touched touch touching");

export function readDated(
  source: Source,
  at: number,
  lead: Lead,
  scope: Scope,
): Read<Condition> | undefined {
  return readClosing(source, at, scope) ?? readDatedAct(source, at, lead, scope);
}

function readDatedAct(
  source: Source,
  at: number,
  lead: Lead,
  scope: Scope,
): Read<Condition> | undefined {
  const verb = isWord(tokenAt(source, at), "newly", "last", "recently") ? at + 1 : at;
  const field = readDatedVerb(source, verb, lead, scope) ?? readLost(source, verb);
  if (field === undefined || isCalled(source, verb, lead)) return undefined;
  const { value: kind, next: after } = skipObject(source, verb + 1);
  const isOfDeal = kind === "deal" && TOUCHING.has(tokenAt(source, verb).word);
  const name = isOfDeal ? place(scope, kind, "updatedAt") : nameField(scope, field);
  const stretch = lead.isNegated ? readStretch(source, after) : undefined;
  const moment = stretch ?? readMoment(source, after);
  if (moment === undefined) return readEver(source, verb, after, lead, name);
  return { value: compareMoment(lead.isNegated, name, moment.value), next: moment.next };
}

const CLOSING = pattern("closing today");

/** "deals closing today": by their date, which need not have come. */
function readClosing(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const next = matchAt(source, at, CLOSING)?.next;
  const value = compare(place(scope, "deal", "closeDate"), "==", "today");
  return next === undefined ? undefined : { value, next };
}

const LOST_TOUCH = pattern("lost touch|contact [with]");

/** "lost touch with", where a moment follows. */
function readLost(source: Source, at: number): string | undefined {
  return matchAt(source, at, LOST_TOUCH) === undefined ? undefined : "lastContactedAt";
}

/** "people called Maria" are named so. */
function isCalled(source: Source, at: number, { hasCopula }: Lead): boolean {
  const isName = tokenAt(source, at + 1).isCapital || tokenAt(source, at + 1).kind === "quoted";
  return !hasCopula && isWord(tokenAt(source, at), "called") && isName;
}

/** "never emailed": what was done at any time, of what is kept. */
function readEver(
  source: Source,
  verb: number,
  after: number,
  { isNegated }: Lead,
  name: string,
): Read<Condition> | undefined {
  const isTold = PASTS[tokenAt(source, verb).word] !== undefined && !isNegated;
  if (!name.endsWith("lastContactedAt") || isTold) return undefined;
  return { value: negateIf(isNegated, exists(name)), next: skipWords(source, after, EVER) };
}

const IT_BEEN = pattern(
  "it|there has|is|'s been [already|now] [more|less|longer|over|under|at] [than|least] <duration> [or] [more|longer] since",
);
const LAST = pattern(
  "[the|their|our|his|her|its] [last] contact|email|message|touch|touchpoint|activity",
);

/** "it has been more than 30 days since they were last contacted". */
export function readSince(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const match = matchAt(source, at, IT_BEEN);
  const duration = match?.captures.duration;
  const done = match === undefined ? undefined : readDone(source, match.next, scope);
  if (match === undefined || done === undefined) return undefined;
  const operator = hasLess(source, at, match.next) ? ">=" : "<";
  return { value: compare(done.value, operator, `-${duration}`), next: done.next };
}

/** "they were last contacted", "we emailed them", "their last email", "the deal was updated". */
function readDone(source: Source, at: number, scope: Scope): Read<string> | undefined {
  const last = matchAt(source, at, LAST);
  if (last !== undefined) return { value: nameField(scope, "lastContactedAt"), next: last.next };
  const { value: kind, next } = skipObject(source, readAgent(source, at).next);
  const own = kind === undefined ? scope : { ...scope, subject: kind };
  const lead = readLead(source, skipWords(source, next, THEY));
  const verb = isWord(tokenAt(source, lead.next), "last") ? lead.next + 1 : lead.next;
  const field = readDatedVerb(source, verb, lead, own);
  if (field === undefined) return undefined;
  return { value: nameField(own, field), next: skipObject(source, verb + 1).next };
}

const THEY = wordsOf("they he she it");

function hasLess(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (isWord(tokenAt(source, at), "less", "under")) return true;
  return false;
}

function readDatedVerb(
  source: Source,
  at: number,
  { hasCopula }: Lead,
  scope: Scope,
): string | undefined {
  const { word, lemma, kind } = tokenAt(source, at);
  if (kind !== "word") return undefined;
  if (isHearing(source, at, scope)) return undefined;
  if (TOUCHING.has(word)) return scope.subject === "contact" ? "lastContactedAt" : "updatedAt";
  const past = PASTS[word];
  const isDone = hasCopula && !isWord(tokenAt(source, at - 1), "have", "has", "had");
  const isPast = past !== undefined || word !== lemma || isDone;
  return isPast ? DATED[past ?? lemma] : undefined;
}

/** Whether they were heard from, which of one contact is a reply; a search asks since when. */
function isHearing(source: Source, at: number, { searched }: Scope): boolean {
  const isHeard = isWord(tokenAt(source, at), "heard", "hear");
  return isHeard && searched === undefined && !isWord(tokenAt(source, at + 2), "us", "me");
}

const PARTICLES = wordsOf(
  "touch up us by out to our team again them him her it with from on of back",
);
const OBJECTS: readonly { readonly kind: Kind; readonly pattern: Pattern }[] = [
  { kind: "deal", pattern: pattern("the|this|that|our|a deal|opportunity|opp") },
  { kind: "company", pattern: pattern("the|this|that|our|a company|account") },
  { kind: "contact", pattern: pattern("the|this|that|our|a contact|lead|person|prospect|record") },
];
const EVER = wordsOf("before yet already at all ever");

/** Past the particles of a verb and whom it was done to: "reached out to", "touched the deal". */
function skipObject(source: Source, at: number): Read<Kind | undefined> {
  const next = skipWords(source, at, PARTICLES);
  for (const { kind, pattern: phrase } of OBJECTS) {
    const object = matchAt(source, next, phrase);
    if (object !== undefined)
      return { value: kind, next: skipWords(source, object.next, PARTICLES) };
  }
  return { value: undefined, next };
}

function skipWords(source: Source, at: number, words: ReadonlySet<string>): number {
  let next = at;
  while (words.has(tokenAt(source, next).word)) next += 1;
  return next;
}
