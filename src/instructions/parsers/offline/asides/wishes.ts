import { isActing } from "../links.ts";
import { matchAt, pattern } from "../pattern.ts";
import { isBeyond } from "../refusals.ts";
import { isWord, type Source, tokenAt, wordsOf } from "../source.ts";
import { WHOLES } from "../wholes.ts";
import { isPast, MODALS, OUGHT } from "./forms.ts";
import { CARING, GOALS, hasTask, isDone, isForSomebody } from "./tasks.ts";
import { NEEDING, type Verb } from "./verbs.ts";

/** What a statement does: it tells, it names a goal, it wishes for something, or it asks for something to be done. */
export type StatementKind = "told" | "goal" | "wish" | "asked";

export function kindOf(words: Source, start: number, verb: Verb): StatementKind {
  if (isForbidden(words, start, verb)) return "asked";
  if (hasAsking(words, start) || isHabit(words, verb) || isReport(words, verb)) return "asked";
  if (matchAt(words, verb.at, NEEDING) !== undefined) return "told";
  if (isDone(words, verb) || isForSomebody(words, verb.at)) return "asked";
  return kindOfTelling(words, start, verb);
}

/** "No account numbers may appear in it" */
function isForbidden(words: Source, start: number, { at }: Verb): boolean {
  const { word } = tokenAt(words, at);
  return isWord(tokenAt(words, start), "no") && (MODALS.has(word) || OUGHT.has(word));
}

function kindOfTelling(words: Source, start: number, verb: Verb): StatementKind {
  const wished = WANTS.has(tokenAt(words, verb.at).word) ? "wants" : wishOf(words, start, verb.at);
  if (wished === "want" || wished === "ought") return kindOfWish(words, start, verb, wished);
  if (hasTask(words, verb.at)) return "asked";
  if (wished === "wants") return "wish";
  return wished === undefined ? "told" : kindOfWish(words, start, verb, wished);
}

/** What somebody else wants is a wish, too. */
const WANTS = wordsOf("wants needs expects insists demands requires");

function kindOfWish(words: Source, start: number, verb: Verb, wished: Wished): StatementKind {
  if (DOERS.test(subjectOf(words, start, verb.at))) return "asked";
  if (!verb.isOfUs && wished !== "want") return wished === "modal" ? "told" : "asked";
  if (hasParticiple(words, verb.at + 1)) return "asked";
  if (hasGoal(words, verb.at)) return "goal";
  return isBeyond(words, verb.at, words.end) ? "asked" : "wish";
}

const SAYING = wordsOf("said says say told tells asked asks wrote");
const LONGEST_ANSWER = 2;

/** "My boss said that we should …": what somebody said may be an order. */
function isReport(words: Source, { at }: Verb): boolean {
  return SAYING.has(tokenAt(words, at).word) && words.end - at - 1 > LONGEST_ANSWER;
}

/** Who asks for something says one of these. */
const ASKING = wordsOf("please let gets receives receive");

function hasAsking(words: Source, from: number): boolean {
  for (let at = from; at < words.end; at++) if (ASKING.has(tokenAt(words, at).word)) return true;
  return false;
}

/** Those who would do what is said. */
const DOERS = new RegExp(
  String.raw`\b(?:bot|stint|system|you|somebody|someone|assistant|ai|${WHOLES})\b`,
);

function subjectOf(words: Source, start: number, verb: number): string {
  return words.tokens
    .slice(start, verb)
    .map(({ word }) => word)
    .join(" ");
}

const TO_BE = pattern("is|are|was|were|has|have|had|needs|need to");
const WISH = wordsOf(
  "want need wish try plan aim expect prefer like love hope mean trying hoping looking planning aiming wanting",
);

type Wished = "ought" | "modal" | "want";

/** How something is wished for, near the verb; a denied wish is told, a denied duty forbids. */
function wishOf(words: Source, start: number, verb: number): Wished | undefined {
  for (let at = start + 1; at < Math.min(words.end, verb + 3); at++) {
    const { word } = tokenAt(words, at);
    const isDenied = isWord(tokenAt(words, at + 1), "not", "never");
    if (isDenied) return OUGHT.has(word) ? "ought" : undefined;
    if (OUGHT.has(word) || matchAt(words, at, TO_BE) !== undefined) return "ought";
    if (WISH.has(word)) return "want";
    if (MODALS.has(word) && !WISH.has(tokenAt(words, at + 1).word)) return "modal";
  }
  return undefined;
}

/** "we want the list polished" */
function hasParticiple(words: Source, from: number): boolean {
  for (let at = from; at < words.end; at++) if (isPast(tokenAt(words, at).word)) return true;
  return false;
}

function hasGoal(words: Source, from: number): boolean {
  for (let at = from; at < words.end; at++) {
    const { word } = tokenAt(words, at);
    const isBefore = word === "to" || MODALS.has(word) || OUGHT.has(word);
    if (isBefore && GOALS.has(tokenAt(words, at + 1).word)) return true;
  }
  return false;
}

/** "the agent emails new leads": what is done all the time is to be done. */
export function isHabit(words: Source, { at }: Verb): boolean {
  const { word } = tokenAt(words, at);
  if (!/[^s]s$/.test(word) || isWord(tokenAt(words, at), "is", "has", "does", "was", "'s"))
    return false;
  if (matchAt(words, at, CARING) !== undefined) return false;
  if (isActing(words, at) || isWord(tokenAt(words, at), "goes")) return true;
  const base = baseOf(word);
  const isGoal = GOALS.has(base) && !ACHIEVED.has(base);
  return DOERS.test(tokenAt(words, at - 1).word) && !isGoal;
}

/** Goals of ours that somebody could be told to do. */
const ACHIEVED = wordsOf("close sell convert save fill get");

/** "re-engages", "tidies": what the whole is for, told of it. */
function baseOf(word: string): string {
  return word.replace(/ies$/, "y").replace(/(?<=ch|sh|ss)es$|s$/, "");
}
