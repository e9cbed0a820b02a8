import { isNounLed } from "../clauses/search-nouns.ts";
import { readCondition } from "../conditions/expression.ts";
import { skipCourtesy } from "../courtesy.ts";
import { isStart } from "../links.ts";
import { matchAt, pattern } from "../pattern.ts";
import { readDuration } from "../readers/amounts.ts";
import { isCountry } from "../readers/countries.ts";
import { readIndustry } from "../readers/industries.ts";
import { isWord, slice, type Source, tokenAt, within, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";
import { readSchedule } from "../triggers/schedule.ts";
import { isBeginning, isSearchAt, isTrigger } from "./beginnings.ts";
import { ENTITIES } from "./hiding.ts";
import { isHeadingNoun, isNamingNoun } from "./sentences.ts";

/** What a heading further on may be of: others ("London: …", "Failure: …") would select or decide. */
const FURTHER = wordsOf(
  `step steps action actions email emails mail message follow-up follow-ups followup reminder nudge bump goal details logic notes note summary
  closing opening intro outreach phase stage part result results then touch touchpoint final finally last breakup end start setup cleanup
  handling enrichment wrap-up sequel admin housekeeping data crm`,
);
const LONGEST_LABEL = 9;
/** What names no whole. */
const NEVER_IN_LABELS = wordsOf(
  "them him her it they me us you if unless when not on every once no yes true false otherwise else then for task todo to-do reminder tag tags web search send email find filter monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays mon tue tues wed thu thur thurs fri sat sun daily weekly monthly hourly schedule trigger between below above over under nothing day week whenever upon after until within each am pm noon midnight weekday weekdays suppression suppressions suppress exclude exclusion exclusions excluding skip except audience segment who filters target targets list tomorrow later evening morning afternoon tonight today soon max limit maximum less more fewer than least most up days weeks month months hour hours minute minutes",
);

/** "Re-engagement flow: …", "Sequence 'Enterprise': …": a heading of a few nouns; a clause of its own is none. */
export function skipLabel(source: Source, at: number, isFirst: boolean): number {
  const colon = isClause(source, at) ? at : labelEnd(source, at);
  if (colon === at || !isHeading(source, at, colon, isFirst)) return at;
  const next = colon + 1;
  const isOpen = next >= source.end || isBeginning(source, next) || isSearched(source, next);
  return isOpen ? next : at;
}

function isClause(source: Source, at: number): boolean {
  if (isStart(source, at) || isOrder(source, at)) return true;
  if (isNamingNoun(tokenAt(source, at).word) && isForWhom(source, at, at + 1)) return false;
  return skipCourtesy(source, at) > at && !isNameBehindOrdinal(source, at);
}

/** "First response macro: …", "Final notice flow: …" */
function isNameBehindOrdinal(source: Source, at: number): boolean {
  const colon = skipCourtesy(source, at) === at + 1 ? labelEnd(source, at) : at;
  return colon > at + 2 && isNamingNoun(tokenAt(source, colon - 1).word);
}

function isHeading(source: Source, at: number, colon: number, isFirst: boolean): boolean {
  const isNumber = tokenAt(source, at).kind === "number";
  if (isNumber || isSelecting(source, at, colon)) return false;
  return isFirst || isFurther(source, at, colon);
}

function isFurther(source: Source, at: number, colon: number): boolean {
  const last = tokenAt(source, colon - 1);
  return (
    FURTHER.has(last.word) ||
    isHeadingNoun(last.word) ||
    last.kind === "number" ||
    FURTHER.has(tokenAt(source, at).word)
  );
}

/** "Sponsors: deals in stage Pitch → …" */
function isSearched(source: Source, at: number): boolean {
  return isNounLed(source, at) && isSearchAt(source, at);
}

/** "Germany: …", "VPs: …" say whom it is for. */
function isSelecting(source: Source, at: number, colon: number): boolean {
  const words = within(source, colon);
  if (isTimed(words, at) || isSomebody(words, at)) return true;
  if (colon + 1 < source.end && isOfEntity(source, colon - 1)) return true;
  return readCondition(words, at, CONTACTS)?.next === colon;
}

function isTimed(words: Source, from: number): boolean {
  for (let at = from; at < words.end; at++) if (readDuration(words, at) !== undefined) return true;
  return false;
}

/** "VPs: …", "Germany: …", "Fintech: …", but not "SDR sweep: …" */
function isSomebody(words: Source, at: number): boolean {
  if (isNounLed(words, at) && !isNamingNoun(tokenAt(words, words.end - 1).word)) return true;
  return isCountry(slice(words, at, words.end)) || readIndustry(words, at)?.next === words.end;
}

/** "Hot leads: …", but not "Speed to lead: …". */
function isOfEntity(source: Source, at: number): boolean {
  const isAimed =
    isWord(tokenAt(source, at - 1), "to", "per") && isWord(tokenAt(source, at), "lead");
  return ENTITIES.has(tokenAt(source, at).word) && !isAimed;
}

const CONTACTS = { subject: "contact", isLoose: true } as const;

/** Where the colon of a heading stands; where the words are none, the heading's beginning. */
function labelEnd(source: Source, at: number): number {
  for (let next = at; next < Math.min(source.end, at + LONGEST_LABEL); next++) {
    const end = endAt(source, at, next);
    if (end !== undefined) return end;
    if (!PARTS.some((isPart) => isPart(source, at, next))) return at;
  }
  return at;
}

/** Where the mark stands that closes the heading, if this is where it ends. */
function endAt(source: Source, from: number, at: number): number | undefined {
  if (isWord(tokenAt(source, at), ":")) return at;
  if (at === from) return undefined;
  if (isHeadingDash(source, at) || isDashOfNamed(source, from, at)) return at;
  const counted = matchAt(source, at, COUNTED)?.next;
  return counted !== undefined && isWord(tokenAt(source, counted), ":") ? counted : undefined;
}

/** What may be a word of a heading that began before it. */
const PARTS: readonly ((source: Source, from: number, at: number) => boolean)[] = [
  (source, _from, at) => isOfLabel(tokenAt(source, at)),
  isForWhom,
  isNamedHour,
  isOfMail,
  (source, from, at) => at > from && tokenAt(source, at).kind === "quoted",
];

/** "Clinic outreach, 4 touches: …" */
const COUNTED = pattern(
  ",|–|- [in] <number> [-] [email|call|linkedin] touch|touches|touchpoints|step|steps|emails|mails|messages|calls",
);

/** "Power hour prep: …", but no "an hour", "every hour". */
function isNamedHour(source: Source, from: number, at: number): boolean {
  const before = tokenAt(source, at - 1);
  const isNamed = at > from && before.kind === "word" && !isWord(before, ...BEFORE_TIME);
  return isNamed && isWord(tokenAt(source, at), "hour") && tokenAt(source, at + 1).kind === "word";
}

const MAILS = wordsOf(
  "intro introduction welcome follow-up followup breakup bump reminder nudge opening closing thank-you initial first second third fourth fifth last final cold outreach teaser launch recap",
);

/** "Welcome email: send 'A'" sends one. */
function isOfMail(source: Source, from: number, at: number): boolean {
  if (at !== from + 1 || !MAILS.has(tokenAt(source, from).word)) return false;
  return isWord(tokenAt(source, at), "email", "mail") && isSendBehind(source, at + 1);
}

function isSendBehind(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), ":") && tokenAt(source, at + 1).lemma === "send";
}

const BEFORE_TIME = ["a", "an", "one", "per", "half", "this", "next", "last", "the", "quarter"];

/** "Nurture for grants officers: …" names the whole, where nobody is told that could be looked for. */
function isForWhom(source: Source, from: number, at: number): boolean {
  const isNamed = at > from && isNamingNoun(tokenAt(source, at - 1).word);
  return isNamed && isWord(tokenAt(source, at), "for") && !isSomebody(source, at + 1);
}

/** "Lead recycling - when …" */
function isHeadingDash(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  if (isWord(token, ",")) return isScheduled(source, at + 1);
  if (!isWord(token, "-", "–") || !token.isApart) return false;
  const isLast = at + 1 >= source.end && source.tokens[at + 1]?.text === "\n";
  return isLast || isHeadingNoun(tokenAt(source, at - 1).word) || isTrigger(source, at + 1);
}

/** "Drip for sleepers - find …" */
function isDashOfNamed(source: Source, from: number, at: number): boolean {
  const token = tokenAt(source, at);
  return isWord(token, "-", "–") && token.isApart && isForWhom(source, from, from + 1);
}

/** "Lead hygiene, every Friday at 4 PM: …" */
function isScheduled(source: Source, at: number): boolean {
  const schedule = readSchedule(source, at);
  return schedule !== undefined && isWord(tokenAt(source, schedule.next), ":");
}

/** "Polish the trophies: …" tells something to do. */
function isOrder(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at + 1), "the", "a", "an", "our", "my", "their", "your", "all");
}

function isOfLabel(token: Token): boolean {
  if (token.kind === "word") return !NEVER_IN_LABELS.has(token.word);
  return token.kind === "number" || isWord(token, "-", "&", "/", "(", ")");
}
