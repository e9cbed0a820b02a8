import { matchAt, matchFirst, matchLongest, pattern } from "../pattern.ts";
import { isCity } from "../readers/cities.ts";
import { isCountry } from "../readers/countries.ts";
import { isWord, type Source, tokenAt, wordsOf } from "../source.ts";
import { readSchedule } from "../triggers/schedule.ts";
import { saysMore, selects } from "./hiding.ts";

/** What speaks of the text itself, and not of what it is about: "here's the plan:", "what I need is this", "just a quick one –". */
const LEAD = "[so|ok|okay|well|right|and|alright|hey] [so|then|,] [just|basically]";
const ASKS =
  "plan|idea|workflow|flow|steps|playbook|instructions|deal|thing|ask|request|job|process|procedure|setup|drill|approach|automation|routine|logic|gist|strategy|scenario|brief|sequence|task|rule|rules";
const TOLD =
  "this|simple|straightforward|easy|clear|short|as|the|like [follows|following|this|that|enough]";

const ANNOUNCING = [
  `${LEAD} here|this is|'s [,] what|how|the|my|our|a [quick|simple|new] [i|we|it|you|${ASKS}|one] [am|are|was|were|is|'s|want|would|need|should|works|goes|have|had] [like|thinking|after|to|in] [mind|happen|do|happens|go|done|for] [you|it|this] [please]`,
  `${LEAD} here|this|that is|'s what i|we|you [would|'d] want|need|expect|like|have|ask [you|it|stint|the|our|my|an] [agent|bot|assistant|system|workflow|automation] [to] [do|happen|done|run|go|for]`,
  `${LEAD} here|this|that is|'s what should|must|has|needs|will|is [to] happen|happens|done|go [for] [us]`,
  `${LEAD} the|my|our ${ASKS} [here|today|for] [today|now|this] is|'s|goes [pretty|quite|really|very|fairly] ${TOLD}`,
  `${LEAD} what i|we|'d would|need|want|have|am|'m|are|'re [like|need|want|after|thinking|in] [mind|of|you|for] [to] [do|happen] is|'s [pretty|quite|really] ${TOLD}`,
  `${LEAD} i|we|'ve am|was|have|had|are|were [been] thinking|wondering [about] [this|it]`,
  `${LEAD} [a|one|some|only|another|my] quick|small|little|tiny|simple|bit|last|final|easy [of] one|favour|favor|thing|request|ask|job|housekeeping|tidying|admin|question|reminder [for|from] [you|me|us|today] [please]`,
  `${LEAD} [and|oh] [one|a] [more|last|final|another|other] thing|request|ask [please]`,
  `${LEAD} a|one|only|another|my favour|favor|thing|request|ask [for|from] [you|me|us|today] [please]`,
  `${LEAD} [the|my|our|a] marketing|sales|finance|client|customer|boss|manager|colleague|team|ceo|director|head|ops|support|legal|hr|he|she|they [team] [just] says|said|asked|asks|wants|wrote|tells|told [me|us] [that] [this]`,
  `${LEAD} i|we was|were|am|are|have [been] told|asked [that|to]`,
  `${LEAD} [an|a|the|one] quick|small|new one|request|ask|note|message from [the|my|our] boss|manager|client|customer|team|ceo|director|sales|marketing|finance|office`,
  `${LEAD} not sure if|whether this|that|it is right|correct|possible|clear but`,
  `${LEAD} do|follow [exactly] [the] this|following [steps] [please]`,
  `${LEAD} i|we have|need|'ve [got] [a|an|some] [quick|small|little|simple|tiny] favour|favor|job|task|request [to] [ask] [for|of] [you|today]`,
  `${LEAD} i|we would|want|need like|love|it|this [it] [to] [do|happen|go|work] [it|this|that] [the|exactly|just] [like|following|as] [this|that|follows|way]`,
  `${LEAD} can|could i|we ask [you] [for] [a] [quick|small|little] favour|favor [?]`,
].map(pattern);

/** Behind words that announce what follows, and the mark that says so. */
export function skipAnnouncement(source: Source, at: number): number {
  const next = matchLongest(source, at, ANNOUNCING)?.next ?? at;
  if (next === at) return at;
  if (isWord(tokenAt(source, next), ":", "–", "-", ",")) return next + 1;
  if (readSchedule(source, next) !== undefined) return next;
  return isWord(tokenAt(source, next - 1), "that", "but", "said", "says") ? next : at;
}

const TRYING = pattern(
  "[so|ok|okay|hey] (can|could|shall|should|may we|i / let us / how about we) [maybe|please|just|also] try|do|run|repeat|use|go [for|with|back|at] [to] the|that|our|this|a|my",
);
/** What has no name of its own. */
const VAGUE = wordsOf("thing routine approach trick stuff dance classic combo play game");
const LONGEST_VAGUE = 8;
const AGAIN = pattern(
  "[again|please|now|here] [this time|for them|for these|for this] [please] [?|!]",
);

/** "can we try the old 3 touch thing again?": what follows is it. */
function isVagueRequest(source: Source, at: number): boolean {
  const tried = matchAt(source, at, TRYING)?.next;
  const vague = tried === undefined ? undefined : vagueEnd(source, tried);
  return vague !== undefined && isOnlyMarks(source, matchAt(source, vague, AGAIN)?.next);
}

function vagueEnd(source: Source, from: number): number | undefined {
  for (let at = from; at < Math.min(source.end, from + LONGEST_VAGUE); at++) {
    const { kind, word } = tokenAt(source, at);
    if (VAGUE.has(word)) return at + 1;
    if (kind !== "word" && kind !== "number" && word !== "-") return undefined;
  }
  return undefined;
}

/** "here's the plan for the partner programme" */
function isAnnouncedFor(source: Source, at: number): boolean {
  const next = matchFirst(source, at, ANNOUNCING)?.next;
  if (next === undefined || ![next - 1, next].some((word) => OF.has(tokenAt(source, word).word)))
    return false;
  for (let word = next; word < source.end; word++) if (isPlace(source, word)) return false;
  return !selects(source, next - 1, source.end) && !saysMore(source, next, source.end);
}

const OF = wordsOf("for on of about with behind");

function isPlace(source: Source, at: number): boolean {
  const { text } = tokenAt(source, at);
  return isCountry(text) || isCity(text);
}

export function isAnnouncement(source: Source, at: number): boolean {
  return (
    isVagueRequest(source, at) ||
    isAnnouncedFor(source, at) ||
    matchFirst(source, at, ANNOUNCING, ({ next }) => isOnlyMarks(source, next)) !== undefined
  );
}

export function isOnlyMarks(source: Source, at: number | undefined): boolean {
  if (at === undefined) return false;
  for (let next = at; next < source.end; next++)
    if (tokenAt(source, next).kind !== "mark") return false;
  return true;
}
