import { isNounLed } from "../clauses/search-nouns.ts";
import { readCondition } from "../conditions/expression.ts";
import { skipCourtesy } from "../courtesy.ts";
import { isStart } from "../links.ts";
import { readDuration } from "../readers/amounts.ts";
import { isCountry } from "../readers/countries.ts";
import { readIndustry } from "../readers/industries.ts";
import { isWord, slice, type Source, tokenAt, within, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";
import { isBeginning, isSearchAt } from "./beginnings.ts";
import { ENTITIES } from "./hiding.ts";
import { isHeadingNoun } from "./sentences.ts";

/** What a heading further on may be of: others ("London: …", "Failure: …") would select or decide. */
const FURTHER = wordsOf(
  `step steps action actions email emails mail message follow-up follow-ups followup reminder nudge bump goal details logic notes note summary
  closing opening intro outreach phase stage part result results then touch touchpoint final finally last breakup end start setup cleanup
  handling enrichment wrap-up sequel admin housekeeping data crm`,
);
const LONGEST_LABEL = 9;
const PRONOUNS = wordsOf(
  "them him her it they me us you if unless when not on every once no yes true false otherwise else then for task todo to-do reminder tag tags web search send email find filter monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays mon tue tues wed thu thur thurs fri sat sun daily weekly monthly hourly schedule trigger between below above over under nothing day week whenever once upon after until within every each am pm noon midnight weekday weekdays suppression suppressions suppress exclude exclusion exclusions excluding skip except audience segment who filter filters target targets list tomorrow later evening morning afternoon tonight today soon max limit maximum less more fewer than least most up days weeks month months hour hours minute minutes",
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
  return isStart(source, at) || skipCourtesy(source, at) > at || isOrder(source, at);
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
  for (let next = at; next < colon; next++)
    if (readDuration(words, next) !== undefined) return true;
  const isCountryName = isCountry(slice(words, at, colon));
  if (isNounLed(words, at) || isCountryName || readIndustry(words, at)?.next === colon) return true;
  if (colon + 1 < source.end && ENTITIES.has(tokenAt(source, colon - 1).word)) return true;
  return readCondition(words, at, CONTACTS)?.next === colon;
}

const CONTACTS = { subject: "contact", isLoose: true } as const;

/** Where the colon of a heading stands; where the words are none, the heading's beginning. */
function labelEnd(source: Source, at: number): number {
  for (let next = at; next < Math.min(source.end, at + LONGEST_LABEL); next++) {
    const token = tokenAt(source, next);
    if (isWord(token, ":") || (next > at && isHeadingDash(source, next))) return next;
    if (!isOfLabel(token) && (token.kind !== "quoted" || next === at)) return at;
  }
  return at;
}

/** "Lead recycling - when …" */
function isHeadingDash(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  return isWord(token, "-", "–") && token.isApart && isHeadingNoun(tokenAt(source, at - 1).word);
}

/** "Polish the trophies: …" tells something to do. */
function isOrder(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at + 1), "the", "a", "an", "our", "my", "their", "your", "all");
}

function isOfLabel(token: Token): boolean {
  if (token.kind === "word") return !PRONOUNS.has(token.word);
  return token.kind === "number" || isWord(token, "-", "&", "/", "(", ")");
}
