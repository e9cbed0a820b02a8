import { isFiniteForm } from "../asides/forms.ts";
import { isNameAt } from "../asides/names.ts";
import { skipLeads } from "../asides/statements.ts";
import { DETERMINERS, verbOf } from "../asides/verbs.ts";
import { matchFirst, pattern } from "../pattern.ts";
import { isWord, type Source, tokenAt, wordsOf } from "../source.ts";
import { isDeed } from "./deeds.ts";

/** Where a stretch of a text stands. */
export interface Place {
  /** Whether nothing to do stands before it. */
  readonly isOpening: boolean;
  /** Whether nothing to do stands behind it. */
  readonly isClosing: boolean;
  /** Whether it begins its sentence. */
  readonly isFirst: boolean;
}

/** What a part of a stretch does: it greets, it is said in talk, it tells something, or it may ask for something. */
export type Kind = "greeting" | "talk" | "told" | "work";

export interface Part {
  readonly from: number;
  readonly to: number;
}

/** The clauses of a stretch, and what commas and dashes part off. */
export function partsOf(words: Source, from: number): readonly Part[] {
  const parts: Part[] = [];
  let start = from;
  for (let at = from; at <= words.end; at++) {
    if (at < words.end && !isJoint(words, at)) continue;
    if (at > start) parts.push({ from: start, to: at });
    start = at + 1;
  }
  return parts;
}

const MARKS = wordsOf(", – - ; ( ) : … !");
const LINKING = wordsOf("and but so because");
export const SUBJECTS = wordsOf("i we you he she it they this that here there");

/** "… and I", but not "Martin and I were", "so much". */
function isJoint(words: Source, at: number): boolean {
  const { word } = tokenAt(words, at);
  if (MARKS.has(word) || word === "because") return true;
  if (!LINKING.has(word)) return false;
  const isOfTwo = isWord(tokenAt(words, at + 1), "i") && tokenAt(words, at - 1).isCapital;
  return !isOfTwo && mayBeginClause(words, at + 1);
}

const OTHERS = wordsOf("of have excuse forgive pardon sorry bear please");

function mayBeginClause(words: Source, at: number): boolean {
  const { word } = tokenAt(words, at);
  if (SUBJECTS.has(word) || DETERMINERS.has(word) || OTHERS.has(word)) return true;
  return (
    isFiniteForm(word) || isDeed(word) || isNameAt(words, at) || verbOf(words, at) !== undefined
  );
}

/** What may stand before a part of talk. */
const LEADS = [
  `so|look|listen|right|ok|okay|and|but|oh|ah|anyway|anyways|btw|ps|fyi|honestly|frankly|alright|yeah|yes|um|uh|er|haha|lol|because|although|though|as|ever|just|really|still|mostly|especially|even|sadly|luckily|hopefully|thankfully|apparently|obviously|basically|actually|lately|recently|yesterday|today|plus|now|then|also|yo|omg|wow|gosh|maybe|perhaps|please [,]`,
  "by the way [,]",
  "of course [,]",
  "well ,|–|-",
  "i|we [do|really|still|just] think|guess|reckon|believe|suppose|figure|bet [that]",
  "all in all [,]",
  "in fact [,]",
  "to be honest|fair [,]",
].map(pattern);
const MOST_LEADS = 3;

export function skipTalkLeads(words: Source, at: number): number {
  let next = skipLeads(words, at);
  for (let turn = 0; turn < MOST_LEADS; turn++) {
    const lead = matchFirst(words, next, LEADS)?.next;
    if (lead === undefined) return next;
    next = Math.min(lead, words.end);
  }
  return next;
}
