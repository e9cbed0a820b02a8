import { isActing, isStart } from "../links.ts";
import { matchAt, pattern } from "../pattern.ts";
import { PLEASANTRIES, skipGreeting } from "../pleasantries.ts";
import { isWord, type Source, tokenAt, wordsOf } from "../source.ts";
import { isTrigger, readSearch } from "./beginnings.ts";
import { saysMore } from "./hiding.ts";
import { isAnnouncement, isOnlyMarks } from "./meta.ts";
import { isStatement, isTold } from "./statements.ts";

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
  "cheers|thanks|regards|best|sincerely [and] [regards|wishes] [,] <person>",
  "that is|'s all|it [for] [now] [,] thank|thanks|cheers [you]",
  "[this|the|your|our|my] [main|overall] goal|purpose|objective|aim|idea|context|background|summary|mission|intent|intention [here] [is|:|of|being] <rest>",
  "you are|'re a|an|the|our|my <rest>",
  "you know the drill",
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
  if (isTitle(source, at)) return true;
  return isAnnouncement(source, at) || EMPTY.some((one) => isWhole(source, at, one));
}

function isWhole(source: Source, at: number, one: (typeof EMPTY)[number]): boolean {
  const match = matchAt(source, at, one);
  if (match === undefined || !isOnlyMarks(source, match.next)) return false;
  return match.captures.rest === undefined || !saysOrder(source, at);
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
  return isStatement(source, at, source.end) || (isBeforeSearch && isTold(source, at, source.end));
}

const LONGEST_HEADING = 6;
const HEADINGS = wordsOf(
  `flow workflow sequence cadence campaign automation playbook process program programme series drip routine journey agent
  triage recycling routing qualification nurture nurturing onboarding outreach handling reactivation renewal renewals cleanup hygiene
  escalation scoring assignment rotation prospecting intake`,
);

export function isHeadingNoun(word: string): boolean {
  return HEADINGS.has(word);
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
