import { readPoint } from "./cadences.ts";
import { skipCourtesy } from "./courtesy.ts";
import { skipTitle } from "./headings.ts";
import { isBareStart, isStart } from "./links.ts";
import { matchAt, matchFirst, pattern } from "./pattern.ts";
import { PLEASANTRIES, skipGreeting, skipSoftener } from "./pleasantries.ts";
import { saysMore } from "./remarks.ts";
import { isWord, type Source, tokenAt, wordsOf } from "./source.ts";
import type { Token } from "./tokens.ts";
import { readBareEvent } from "./triggers/bare-events.ts";
import { readEvent } from "./triggers/events.ts";
import { readSchedule } from "./triggers/schedule.ts";

/** Sentences that carry nothing: greetings, thanks, what the whole is for. */
const EMPTY = [
  "thanks|thank|cheers|regards|ta [you] [so] [very] [much|a] [lot|in] [advance] [!]",
  "thanks|thank [you] [so] [much] for helping|your|the|all|everything|this|that|doing|being [help|work] [!]",
  "hi|hello|hey|dear|good [morning|afternoon|there|team|all|stint|everyone] [!|,]",
  "that is|'s|will it|all|be [all|it|for] [now|really|folks]",
  "here is|'s|are what|the|my|our [i|we|plan|workflow|steps|playbook|instructions] [want|need|would] [like] [is] [:]",
  "[so|and|just|,] [please] go ahead [and] [do] [that|it|so] [please]",
  "[and] that|this is|'s|will be [all|it] [we|i] [need|want]",
  "keep it up",
  "nothing else|more [for] [now]",
  "[very] much appreciated [!]",
  "[good] morning|afternoon|evening [all|everyone|team] [!|,]",
  "tl",
  "cheers|thanks|regards|best|sincerely [and] [regards|wishes] [,] <person>",
  "that is|'s all|it [for] [now] [,] thank|thanks|cheers [you]",
  "[this|the|your|our] goal|purpose|objective|aim|idea|context|background|summary [here] [is|:|of|being] <rest>",
  "you know the drill",
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
  return EMPTY.some((one) => {
    const match = matchAt(source, at, one);
    if (match === undefined || !isOnlyMarks(source, match.next)) return false;
    return match.captures.rest === undefined || !saysOrder(source, at);
  });
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

const TELLERS = wordsOf("we i our my they this these it there");
const ASKING = wordsOf(
  "should must need needs want please can could would will let if unless when whenever every each once have has gets get looking seeking targeting chasing",
);

const REMARK = pattern(
  "(fyi|note|btw|ps|context|background|heads-up [:|,|–|-|.] / [just] a|as|one [quick] heads|note|heads-up|fyi|remark [up] [:|,|–|-] / as you|i|we know|said|heard|mentioned|discussed|agreed , / for context|reference|info|background|information [:|,])",
);

/** "We met them at the summit.": said before anything is to be done, and asks for nothing. */
export function isBackground(source: Source, at: number): boolean {
  const start = matchAt(source, at, REMARK)?.next ?? at;
  if (!TELLERS.has(tokenAt(source, start).word)) return false;
  for (let next = start; next < source.end; next++) {
    if (!isOfBackground(source, next, start) || isLinkedStart(source, next)) return false;
  }
  return !saysMore(source, start, source.end);
}

/** A word that asks for nothing, of nobody that could be worked on. */
function isOfBackground(source: Source, at: number, from: number): boolean {
  const token = tokenAt(source, at);
  if (token.kind !== "word") return isWord(token, ",", "-", "(", ")");
  if (at === from + 1 && isWord(token, "have", "has", "had"))
    return !isWord(tokenAt(source, at + 1), "to");
  return !ASKING.has(token.word) && !ENTITIES.has(token.text.toLowerCase());
}

function isLinkedStart(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), ",", "and") && isStart(source, at + 1);
}

const LONGEST_HEADING = 6;
const HEADINGS = wordsOf(
  `flow workflow sequence cadence campaign automation playbook process program programme series drip routine journey agent
  triage recycling routing qualification nurture nurturing onboarding outreach handling reactivation renewal renewals cleanup hygiene
  escalation scoring assignment rotation prospecting intake`,
);

/** "Warm intro flow." */
function isHeading(source: Source, at: number): boolean {
  const length = source.end - at;
  if (length > LONGEST_HEADING || !HEADINGS.has(tokenAt(source, source.end - 1).word)) return false;
  return length > 0 && !isStart(source, at) && tokenAt(source, at).kind === "word";
}

function isOnlyMarks(source: Source, at: number): boolean {
  for (let next = at; next < source.end; next++)
    if (tokenAt(source, next).kind !== "mark") return false;
  return true;
}

const PURPOSE = pattern("[in] [order|as] to");
const FOR = pattern("for|re|about|regarding");
const ENTITIES =
  wordsOf(`contacts contact leads lead deals deal companies company people prospects everyone anyone each every all accounts
  account opportunities customers those them`);

/** "To wake up our old pipeline, …", "For the roadshow: …": where the first clause begins. */
export function skipPreamble(source: Source, at: number): number {
  if (readPoint(source, at) !== undefined) return at;
  for (const skip of [
    skipTitle,
    skipGreeting,
    skipSoftener,
    skipAnnouncement,
    skipNumbered,
    skipReason,
    skipPurpose,
    skipWish,
    skipOccasion,
  ])
    if (skip(source, at) > at) return skip(source, at);
  return skipLabel(source, at);
}

/** "Here's the plan: …" */
function skipAnnouncement(source: Source, at: number): number {
  const announced = matchFirst(source, at, EMPTY);
  const isOpen = announced !== undefined && isWord(tokenAt(source, announced.next - 1), ":");
  return isOpen ? announced.next : at;
}

const NUMBERED = pattern("email|mail|touch|touchpoint|message|step <number> :|–|-|\\)");

/** "Email 1: send 'Hello'" */
function skipNumbered(source: Source, at: number): number {
  const next = matchAt(source, at, NUMBERED)?.next ?? at;
  return isBareStart(source, next) ? next : at;
}

const REASONS = [
  "as discussed|agreed|mentioned|planned|requested|usual|promised|before|ever",
  "per",
  "since|because|as|seeing|given [that] the|it|this|that|our|my|we|i|today|tomorrow",
  "now that",
  "with the|our|my|all|so|this|everything",
  "thanks|due|owing to",
  "in light|view|honour|honor|anticipation|preparation of|for",
].map(pattern);

/** "Now that the site is live, …": why, unless it could be asked of somebody. */
function skipReason(source: Source, at: number): number {
  const reason = matchFirst(source, at, REASONS);
  const next = reason === undefined ? undefined : firstClause(source, reason.next);
  return next === undefined || saysMore(source, at + 1, next - 1) ? at : next;
}

/** "To wake up our old pipeline, …" */
function skipPurpose(source: Source, at: number): number {
  const purpose = matchAt(source, at, PURPOSE);
  return (purpose === undefined ? undefined : firstClause(source, purpose.next)) ?? at;
}

/** "We want to win them back, so …": what somebody wants, and nothing that can be done. */
function skipWish(source: Source, at: number): number {
  const isWish =
    TELLERS.has(tokenAt(source, at).word) && !isBareStart(source, skipCourtesy(source, at));
  const next = (isWish ? findAfter(source, at, ["so", ":"]) : undefined) ?? at;
  return next > at && saysMore(source, at, next - 1) ? at : next;
}

/** "For the roadshow: …" */
function skipOccasion(source: Source, at: number): number {
  const heading = matchAt(source, at, FOR);
  if (heading === undefined || mentions(source, heading.next, ENTITIES)) return at;
  return findAfter(source, heading.next, [":"]) ?? at;
}

/** Behind the first comma, or the colon. */
function firstClause(source: Source, at: number): number | undefined {
  for (let next = at; next < Math.min(source.end, at + LONGEST_PURPOSE); next++)
    if (isWord(tokenAt(source, next), ",", ":"))
      return isStart(source, next + 1) || isConditional(source, next + 1) ? next + 1 : undefined;
  return undefined;
}

const LONGEST_PURPOSE = 16;

function isConditional(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "if", "unless", "when", "whenever", "every", "each");
}

function findAfter(source: Source, at: number, marks: readonly string[]): number | undefined {
  for (let next = at; next < Math.min(source.end, at + 16); next++) {
    if (
      isWord(tokenAt(source, next), ...marks) &&
      (isStart(source, next + 1) || next + 1 >= source.end)
    )
      return next + 1;
  }
  return undefined;
}

function mentions(source: Source, at: number, words: ReadonlySet<string>): boolean {
  for (let next = at; next < Math.min(source.end, at + 8); next++) {
    if (isWord(tokenAt(source, next), ":", ",")) return false;
    if (words.has(tokenAt(source, next).word)) return true;
  }
  return false;
}

const LONGEST_LABEL = 9;
const PRONOUNS = wordsOf(
  "them him her it they me us you if unless not when on every once no yes true false otherwise else then for task todo to-do reminder tag tags web search send email find filter monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays daily weekly monthly hourly schedule trigger",
);

/** "Re-engagement flow: …", "Sequence 'Enterprise': …": a heading of a few nouns; a clause of its own is none. */
function skipLabel(source: Source, at: number): number {
  const isClause = isStart(source, at) || skipCourtesy(source, at) > at || isOrder(source, at);
  const colon = isClause ? at : labelEnd(source, at);
  return colon > at && isOpening(source, colon + 1) ? colon + 1 : at;
}

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
  return isWord(token, "-", "–") && token.isApart && HEADINGS.has(tokenAt(source, at - 1).word);
}

/** "Polish the trophies: …" tells something to do. */
function isOrder(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at + 1), "the", "a", "an", "our", "my", "their", "your", "all");
}

function isOpening(source: Source, at: number): boolean {
  if (at >= source.end || isStart(source, at) || isWord(tokenAt(source, at), "if")) return true;
  return (
    readSchedule(source, at) !== undefined ||
    readEvent(source, at) !== undefined ||
    readBareEvent(source, at, false) !== undefined
  );
}

function isOfLabel(token: Token): boolean {
  if (token.kind === "word") return !PRONOUNS.has(token.word);
  return token.kind === "number" || isWord(token, "-", "&", "/", "(", ")");
}

const PROHIBITIONS = [
  "do not|never bother|worry [about|with] [it|that|them|him|her|this|anything] [:|,|;|–]",
  "no need to [email|contact|call|send|notify|do|wait|bother] [them|anyone|anything|it|else|any] [else|more|emails|email|yet]",
  "do not|never use|involve|touch linkedin|email|emails|apollo|the|any [phone|web|crm] [for|with|here|at] [this|that|these|now|all|here]",
  "[please] +do that|it|so|this [please|now|then]",
  "do not|never [ever] [send|do|use|make|try|attempt|email|contact|mail|message|call|text|touch|bother|connect|reach|phone] [out] [to] [any|anyone|anybody|anything|them|her|him|it|with|a|the|on|emails|email|linkedin] [else|them|more|emails|email|invitations|invites|linkedin|calls|messages|tasks|on|at] [linkedin|yet|twice|all|for|anymore|again]",
  "no linkedin|email|emails|calls|tasks|notifications|tags|invitations|messages|outreach [invites|invitations|requests|messages|please|at|here|or|yet|this|outreach] [all|time|linkedin|emails|invitations|email|stage]",
].map(pattern);

/** "Don't email anyone", "no LinkedIn": nothing to carry out. */
export function readProhibition(source: Source, at: number): number | undefined {
  return matchFirst(source, at, PROHIBITIONS)?.next;
}
