import type { Trigger } from "#domain/plan.ts";

import { withThem } from "./clauses.ts";
import { isNounLed } from "./clauses/search-nouns.ts";
import { findLeaving, type Leaving } from "./leaving.ts";
import { isActing, isLink, skipAsking } from "./links.ts";
import { matchAt, matchFirst, pattern } from "./pattern.ts";
import type { Reading } from "./reading.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "./source.ts";
import { readEvent, readHappening } from "./triggers/events.ts";
import { readLateEvent } from "./triggers/late.ts";
import { isStarting } from "./triggers/openers.ts";
import { readSchedule } from "./triggers/schedule.ts";
import { wordTable } from "./word-table.ts";

/** An event that is told behind what it starts, where its words stand, and the sentence without them. */
export interface TrailingTrigger {
  readonly trigger: Trigger;
  readonly wait?: string | undefined;
  readonly from: number;
  readonly to: number;
  readonly rest: Source;
}

interface Told {
  readonly trigger: Trigger;
  readonly wait?: string | undefined;
}

/** "Send 'X' whenever a deal moves to Demo": in the first sentence of a text that has no trigger and no step yet. */
export function findTrailingTrigger(
  { trigger, isFirstClause, builder }: Reading,
  source: Source,
  from: number,
): TrailingTrigger | undefined {
  if (trigger !== undefined || !isFirstClause || builder.steps().length > 0) return undefined;
  const isSubject = matchAt(source, from, VERB_OBJECT) !== undefined;
  const leaving = findLeaving(source, from);
  for (let at = isSubject ? from : from + 1; at < source.end; at++) {
    if (tokenAt(source, at).kind !== "word" || isInside(leaving, at)) continue;
    const told = readBehind(source, at) ?? readInner(source, from, at);
    if (told !== undefined) return told;
  }
  return undefined;
}

function readBehind(source: Source, at: number): TrailingTrigger | undefined {
  const told = readTold(source, at);
  const event = told === undefined ? undefined : ofNamed(source, at, told);
  return event === undefined ? undefined : placeOf(source, at, event);
}

const THEY = pattern("as|when|whenever|once|upon [soon] [and] [as|when] they|it|these|those|each");
const KINDS: Readonly<Record<string, "contact" | "deal" | "company">> = wordTable({
  contact: "contact",
  contacts: "contact",
  lead: "contact",
  leads: "contact",
  deal: "deal",
  deals: "deal",
  opportunity: "deal",
  opportunities: "deal",
  company: "company",
  companies: "company",
  account: "company",
  accounts: "company",
});

/** "… of new deals when they are created": the event of what was named before; companies have none. */
function ofNamed(source: Source, at: number, told: Read<Told>): Read<Told> | undefined {
  const { trigger } = told.value;
  const isOfThem = matchAt(source, at, THEY) !== undefined;
  if (!isOfThem || trigger.type !== "event" || !trigger.event.startsWith("contact_")) return told;
  const kinds = source.tokens.slice(0, at).flatMap(({ word }) => KINDS[word] ?? []);
  const kind = kinds.at(-1) ?? "contact";
  if (kind === "contact") return told;
  const event = EVENTS_OF_DEALS[trigger.event];
  if (kind === "company" || event === undefined) return undefined;
  return { ...told, value: { ...told.value, trigger: { ...trigger, event } } };
}

const EVENTS_OF_DEALS: Readonly<Record<string, "deal_created" | "deal_updated">> = wordTable({
  contact_created: "deal_created",
  contact_updated: "deal_updated",
});

function isInside(leaving: Leaving | undefined, at: number): boolean {
  return leaving !== undefined && at > leaving.at && at < leaving.next;
}

const WHENEVER = ["whenever|anytime", "[for] every|each|any time|new|newly|freshly|incoming"].map(
  pattern,
);
const WHEN = [
  "as and when",
  "when|once|upon|on|after|following",
  "as soon as",
  "the [very] moment|minute|instant",
].map(pattern);

function readTold(source: Source, at: number): Read<Told> | undefined {
  const late = readLateEvent(source, at) ?? readScheduled(source, at);
  if (late !== undefined) return late;
  const isEach = isWord(tokenAt(source, at), "every", "each");
  if (isEach || matchFirst(source, at, WHENEVER) !== undefined)
    return asTold(readEvent(source, at));
  if (matchAt(source, at, VERB_OBJECT) !== undefined)
    return started(readEvent(source, at) ?? readHappening(source, at, at));
  const when = matchFirst(source, at, WHEN);
  if (when === undefined) return undefined;
  const event = readEvent(source, at);
  return isAny(source, when.next) ? asTold(event) : started(event);
}

/** "Notify @user.a every Monday at 8: 'Hi'": days and a time between an act and what it says. */
function readScheduled(source: Source, at: number): Read<Told> | undefined {
  const schedule = readSchedule(source, at);
  if (schedule === undefined || "reason" in schedule.value) return undefined;
  const isBetween =
    tokenAt(source, at - 1).kind === "variable" &&
    isWord(tokenAt(source, schedule.next), ":", "that", "saying", "with");
  return isBetween ? { value: schedule.value, next: schedule.next } : undefined;
}

const WHOM = pattern("[to] (me|us|them|him|her|everyone|everybody / <variable>)");

/** "Send every Monday at 9 the 'X' email": days and a time between a verb and what is done. */
function readInner(source: Source, from: number, at: number): TrailingTrigger | undefined {
  const verb = skipAsking(source, from);
  const whom = at > verb + 1 ? matchAt(source, verb + 1, WHOM)?.next : verb + 1;
  if (whom !== at || !isActing(source, verb)) return undefined;
  const schedule = readSchedule(source, at);
  if (schedule === undefined || "reason" in schedule.value) return undefined;
  return isDone(source, schedule.next) ? cut(source, at, schedule.next, schedule.value) : undefined;
}

const DONE = wordsOf("the a an all each any our to about that");

/** Whether what is done stands here, or to whom. */
function isDone(source: Source, at: number): boolean {
  const { kind, word } = tokenAt(source, at);
  const isNamed = kind === "quoted" || kind === "variable" || DONE.has(word);
  return isNamed || isNounLed(source, at);
}

function asTold(event: Read<Trigger> | undefined): Read<Told> | undefined {
  return event === undefined ? undefined : { value: { trigger: event.value }, next: event.next };
}

/** Only of what can be no condition. */
function started(event: Read<Trigger> | undefined): Read<Told> | undefined {
  return event !== undefined && isStarting(event.value) ? asTold(event) : undefined;
}

/** Of somebody in particular ("when they reply") it is a condition. */
const ANY = wordsOf(
  "a an any each every someone somebody anyone anybody another one new we reply response form",
);

function isAny(source: Source, at: number): boolean {
  return ANY.has(tokenAt(source, at).word);
}

/** Behind it stands the end, a link, or what the clause goes on with; a link before it begins a clause of its own. */
function placeOf(
  source: Source,
  at: number,
  { value, next }: Read<Told>,
): TrailingTrigger | undefined {
  const isAside = isWord(tokenAt(source, at - 1), "(") && isWord(tokenAt(source, next), ")");
  if (isAside) return cut(source, at - 1, next + 1, value);
  const isLast = next >= source.end;
  if (isLink(tokenAt(source, at - 1))) return isLast ? cut(source, at - 1, next, value) : undefined;
  if (isObject(source, at, value))
    return { ...value, from: at, to: next, rest: withThem(source, at, next) };
  const goesOn =
    isLast ||
    isLink(tokenAt(source, next)) ||
    isWord(tokenAt(source, next), "that", "saying", "with", ":");
  return goesOn ? cut(source, at, next, value) : undefined;
}

const VERB_OBJECT = pattern(
  "(every|each new|newly / [every|each] anyone|anybody|everyone|everybody|whoever|person|contact|lead who|that / whoever)",
);

/** "Send every new lead the 'Welcome' email": those who are new are whom it is for, too. */
function isObject(source: Source, at: number, { wait }: Told): boolean {
  if (wait !== undefined || matchAt(source, at, VERB_OBJECT) === undefined) return false;
  const before = tokenAt(source, at - 1);
  return before.kind !== "variable" && !isWord(before, "for", "on");
}

function cut(source: Source, from: number, to: number, told: Told): TrailingTrigger {
  const tokens = [...source.tokens.slice(0, from), ...source.tokens.slice(to, source.end)];
  return { ...told, from, to, rest: { ...source, tokens, end: tokens.length } };
}
