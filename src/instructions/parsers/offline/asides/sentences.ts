import type { PlanStep } from "#domain/plan.ts";

import { isNounLed, type Noun, readNoun } from "../clauses/search-nouns.ts";
import { SEARCHES } from "../clauses/search.ts";
import { isActing, isStart } from "../links.ts";
import { type Match, matchAt, matchFirst, pattern } from "../pattern.ts";
import { PLEASANTRIES, skipGreeting } from "../pleasantries.ts";
import { isWord, type Source, tokenAt, within, wordsOf } from "../source.ts";
import { isTrigger, readSearch } from "./beginnings.ts";
import { bounds, speaksOfMany } from "./bounding.ts";
import { mentions, saysMore, selects } from "./hiding.ts";
import { isAnnouncement, isOnlyMarks } from "./meta.ts";
import { names } from "./naming.ts";
import { isRemark } from "./remarks.ts";
import { isTold } from "./statements.ts";
import { DETERMINERS } from "./verbs.ts";

/** Sentences that carry nothing: greetings, thanks, what the whole is for. */
const EMPTY = [
  "thanks|thank|cheers|regards|ta [you] [so] [very] [much|a] [lot|in] [advance] [!]",
  "thanks|thank [you] [all] [ever] so|very|awfully much [!]",
  "many|kind|warm|best thanks|regards [!]",
  "thanks|thank [you] [so] [much] for helping|your|the|all|everything|this|that|doing|being [help|work] [!]",
  "hi|hello|hey|dear|good [morning|afternoon|there|team|all|stint|everyone] [!|,]",
  "[and|so] [i|we] [think|guess|suppose] [that] that|this|it is|was|should|will|would|'s|'ll|all [be] [about|pretty|basically|really|just] all|it|everything|enough [it] [for] [now|really|folks|today|me|us|this|time]",
  "here is|'s|are what|the|my|our [i|we|plan|workflow|steps|playbook|instructions] [want|need|would] [like] [is] [:]",
  "[so|and|just|,] [please] go ahead [and] [do] [that|it|so] [please]",
  "[and] that|this is|'s|will be [all|it] [we|i] [need|want]",
  "keep it|that up",
  "sorry for|about [the|my|another] [late|short|early|sudden|yet] [ping|notice|message|request|note|email|reply|hour] [again] [!]",
  "fyi [from] <person> [,] [see] [below] [:]",
  "nothing else|more [for] [now]",
  "[very] much appreciated [!]",
  "[good] morning|afternoon|evening [all|everyone|team] [!|,]",
  "tl",
  "cheers|thanks|regards|best|sincerely|love|yours [and] [regards|wishes] [,] <person>",
  "that is|'s all|it [for] [now] [,] thank|thanks|cheers [you]",
  "[this|the|your|our|my] [main|overall] goal|purpose|objective|aim|idea|context|background|summary|mission|intent|intention [here] [is|:|of|being] <rest>",
  "you are|'re a|an|the|our|my <rest>",
  "you know the drill",
  "[please|kindly] do one thing",
  "[please|kindly|now|just] [please|kindly] do|proceed|act|work|go [it|this|ahead] as|like [follows|below|following|this|given|described|mentioned|listed|here] [below|here|please] [:]",
  "[please|kindly|now] [please|kindly] do the needful [as|like|in] [below|follows|following|here|this] [manner|way] [:]",
  "no need to be|get|make|overthink|worry|go [it] [too|so|anything|all|super] [fancy|clever|crazy|formal|complicated|perfect|about] [it|this|that|overboard]",
  "nothing [too] fancy|complicated|special|crazy [here|please|today]",
  "[so] [you] know what [would|'d] [be] [great|nice|good|cool|helpful]",
  "[so|ok|okay] let|lets us|'s see|begin|start|go",
  "[so|ok|okay|well] [,] here is|'s what|how|the [i|we|it|deal|thing|plan|idea|flow] [am|are|was|is|'s|want|would|need|should|works|goes] [like|thinking|after|to] [happen|do|happens|go] [:|.]",
  "steps|workflow|instructions|plan|todo|playbook|cadence|sequence|rules|flow|process|procedure|actions|details [:|are|below|follow] [as] [follows] [:]",
  "do the following [steps] [:]",
  "follow these steps [:]",
]
  .map(pattern)
  .concat(PLEASANTRIES);

export function isEmptySentence(source: Source, at: number): boolean {
  if (isHeading(source, at) || skipGreeting(source, at) >= source.end) return true;
  if (isTitle(source, at) || isForWhat(source, at)) return true;
  if (isAnnouncement(source, at)) return true;
  return matchFirst(source, at, EMPTY, (match) => isWhole(source, at, match)) !== undefined;
}

function isWhole(source: Source, at: number, { next, captures }: Match): boolean {
  if (!isOnlyMarks(source, next)) return false;
  return captures.rest === undefined || !saysOfWork(source, at);
}

/** What an agent is may be told with names ("You are a BDR at Acme"). */
function saysOfWork(source: Source, at: number): boolean {
  const isNamed = !isWord(tokenAt(source, at), "you") && names(source, at, source.end);
  return isNamed || saysOrder(source, at) || bounds(source, at, source.end);
}

const TITLE = pattern(
  "[the] cadence|sequence|campaign|workflow|flow|playbook|automation|agent|name|title|project|program|journey [name] :|–|-",
);
const LONGEST_TITLE = 6;

/** "Cadence: CISO Cold", in a line of its own. */
function isTitle(source: Source, at: number): boolean {
  const next = matchAt(source, at, TITLE)?.next;
  if (next === undefined || next >= source.end || source.end - next > LONGEST_TITLE) return false;
  const isSearch = readSearch(source, next)?.next === source.end;
  const isOrder = isActing(source, next) || isTrigger(source, next);
  return !isOrder && !saysMore(source, next, source.end) && !isSearch;
}

const FOR = pattern("for");

/** "For the distributors:", in a line of its own. */
function isForWhat(source: Source, at: number): boolean {
  const next = matchAt(source, at, FOR)?.next;
  const colon = source.end - 1;
  if (next === undefined || !isWord(tokenAt(source, colon), ":")) return false;
  const isShort = colon > next && colon - next < LONGEST_TITLE;
  return (
    isShort &&
    !isNounLed(source, next) &&
    !selects(source, next, colon) &&
    isPlain(source, next, colon)
  );
}

/** Words alone, of which none says more. */
function isPlain(source: Source, from: number, to: number): boolean {
  const isWords = source.tokens
    .slice(from, to)
    .every(({ kind, word }) => kind === "word" || NAME_MARKS.has(word));
  return isWords && !saysMore(source, from, to) && !mentions(source, from, to);
}

const NAME_MARKS = wordsOf("- & / '");

/**
 * "Post-demo follow-up. When a deal moves to Demo, …": words that name the whole, where it starts or searches behind them. A mail could
 * be meant by them elsewhere.
 */
export function isNameOfAll(source: Source, from: number, to: number): boolean {
  const words = within(source, to);
  const isShort = to > from && to - from <= LONGEST_HEADING;
  if (!isShort || !isNamingNoun(tokenAt(source, to - 1).word) || hasStart(words, from))
    return false;
  if (isNounLed(words, from) || selects(source, from, to) || !isNamePart(words, from)) return false;
  const next = nextWord(source, to);
  return isStartOfAll(source, next);
}

/** With an article somebody is told to do something: "Polish the check." */
function isNamePart(words: Source, from: number): boolean {
  return words.tokens.slice(from, words.end).every(({ kind, word }) => {
    const isPart = kind === "word" || kind === "number" || NAME_MARKS.has(word);
    return isPart && !DETERMINERS.has(word);
  });
}

/** "Vendors", alone on its line, above a list that looks for them itself. */
export function isHeadingOfSearch(source: Source, from: number, to: number): boolean {
  const isAlone = to === from + 1 && source.tokens[to]?.text === "\n";
  const noun = isAlone ? readNoun(source, from)?.value : undefined;
  const type = noun === undefined ? undefined : searchedAt(source, nextWord(source, to));
  return noun !== undefined && type !== undefined && !isAmong(noun, type);
}

/** What is looked for where a verb says so. */
function searchedAt(source: Source, at: number): PlanStep["type"] | undefined {
  return isActing(source, at) ? readSearch(source, at)?.value.at(0)?.type : undefined;
}

/** Whether the heading says more of those who are looked for: "VPs" above "find contacts tagged A". */
function isAmong({ kind, conditions }: Noun, type: PlanStep["type"]): boolean {
  return conditions.length > 0 && type === SEARCHES[kind];
}

function nextWord({ tokens }: Source, at: number): number {
  let next = at;
  while (next < tokens.length && tokens[next]?.kind === "mark") next += 1;
  return next;
}

const SPOKEN_OF = ["they", "he", "she", "it", "the"];

/** An event of anybody, a schedule, or a search. */
function isStartOfAll(source: Source, at: number): boolean {
  if (isWord(tokenAt(source, at + 1), ...SPOKEN_OF)) return false;
  return isTrigger(source, at) || readSearch(source, at) !== undefined;
}

/** "The goal is to send 'X' to them" is the work itself. */
function saysOrder(source: Source, from: number): boolean {
  for (let at = from; at < source.end; at++) {
    const { kind } = tokenAt(source, at);
    const isSaid = kind === "quoted" || kind === "variable";
    if (isSaid || (isWord(tokenAt(source, at), ":", "to") && isStart(source, at + 1))) return true;
  }
  return false;
}

/** "We met them at the summit."; before a search it may tell of those who are looked for. */
export function isBackground(source: Source, at: number, isBeforeSearch: boolean): boolean {
  if (isRemark(source, at, source.end)) return true;
  if (!isBeforeSearch || isSettled(source, at) || speaksOfMany(source, at, source.end))
    return false;
  return isTold(source, at, source.end) || isReminder(source, at);
}

const SETTLED = wordsOf("already have got own cover covered did done");

/** "We have Milan already." */
function isSettled(source: Source, at: number): boolean {
  const isSaid = source.tokens.slice(at, source.end).some(({ word }) => SETTLED.has(word));
  return isSaid && names(source, at, source.end);
}

const REMINDER = pattern("[remember|recall] those|these");

/** "(You know) those folks from the webinar we ran?" */
function isReminder(source: Source, at: number): boolean {
  const isAsked = source.tokens[source.end]?.word === "?";
  const next = isAsked ? matchAt(source, at, REMINDER)?.next : undefined;
  return next !== undefined && !saysMore(source, next, source.end);
}

const LONGEST_HEADING = 6;
const HEADINGS = wordsOf(
  `flow workflow sequence cadence campaign automation playbook process program programme series drip routine journey agent
  triage recycling routing qualification nurture nurturing onboarding outreach handling reactivation renewal renewals cleanup hygiene
  zap scenario escalation scoring assignment rotation prospecting intake policy protocol macro prep`,
);

export function isHeadingNoun(word: string): boolean {
  return HEADINGS.has(word);
}

/** What else names the whole, in front of a colon or of where it starts: "SDR sweep: …", "Renewal reminders. Every Monday …". */
const NAMING = wordsOf(
  `sweep audit check push blitz digest recap alert alerts rescue revival roundup watch motion hand-off handover rules reminder reminders
  nudge nudges follow-up follow-ups welcome winback win-back re-engagement reengagement tracker monitor kickoff thank-you drive nurture`,
);

export function isNamingNoun(word: string): boolean {
  return NAMING.has(word) || HEADINGS.has(word);
}

/** "Warm intro flow." */
function isHeading(source: Source, at: number): boolean {
  const length = source.end - at;
  if (length > LONGEST_HEADING || !HEADINGS.has(tokenAt(source, source.end - 1).word)) return false;
  return length > 0 && !hasStart(source, at) && tokenAt(source, at).kind === "word";
}

/** "On reply: remove the tag Sequence" is no heading, whatever it ends with. */
function hasStart(source: Source, from: number): boolean {
  for (let at = from; at < source.end; at++) {
    const isOpen = at === from || isWord(tokenAt(source, at - 1), ":", ",", "->", "–", "-");
    if (isOpen && isStart(source, at)) return true;
  }
  return false;
}
