import { isCommonWord, KEYWORDS } from "./lexicon.ts";
import { REAL_WORDS } from "./real-words.ts";
import { slipOf } from "./slips.ts";
import { REAL, TALK } from "./talk-words.ts";
import { VOCABULARY } from "./vocabulary.ts";

/**
 * Slips of the pen in the words that the grammar knows. The bound is tight, because a wrong correction is worse than a
 * refusal: two swapped letters in a short word, one slip from five letters on, two from nine on, the first letter right. Small words
 * and words of talk are put right where a letter is missing or doubled, or two are swapped.
 */
const corrected = new Map<string, string>();
const MOST_REMEMBERED = 5000;
const LONGEST_WORD = 20;

export function correct(word: string, isCapital: boolean): string {
  if (word.length < 4 || word.length > LONGEST_WORD || isRight(word)) return word;
  const key = isCapital ? `^${word}` : word;
  const known = corrected.get(key);
  if (known !== undefined) return known;
  const best = slipOf(word, isCapital) ?? nearestKeyword(word);
  if (corrected.size >= MOST_REMEMBERED) corrected.clear();
  corrected.set(key, best);
  return best;
}

function isRight(word: string): boolean {
  const isSmall = isCommonWord(word) || VOCABULARY.has(word) || TALK.has(word);
  return isSmall || REAL.has(word) || REAL_WORDS.has(word);
}

/** The nearest of some words, up to so many slips away; of a short word one for four letters. */
export function nearestOf(
  word: string,
  words: Iterable<string>,
  bound: number,
): string | undefined {
  let best: string | undefined;
  let least = Math.min(bound, Math.floor(word.length / 4)) + 1;
  if (word.length > LONGEST_WORD || isCommonWord(word)) return undefined;
  for (const one of words) {
    const slips = countSlips(word, one, least);
    if (slips < least) [best, least] = [one, slips];
  }
  return best;
}

function nearestKeyword(word: string): string {
  const bound = slipsAllowed(word.length);
  let best = word;
  let least = bound + 1;
  for (const keyword of KEYWORDS) {
    if (!mayBeMeant(word, keyword, bound)) continue;
    const slips = countSlips(word, keyword, least + 1);
    const isBetter = slips < least || (slips === least && endsAlike(word, keyword, best));
    if (slips <= bound && isBetter) [best, least] = [keyword, slips];
  }
  return best;
}

function mayBeMeant(word: string, keyword: string, bound: number): boolean {
  if (Math.abs(keyword.length - word.length) > bound || keyword.length < 4) return false;
  if (keyword.includes("-") !== word.includes("-")) return false;
  if (keyword[0] !== word[0] && keyword[0] !== word[1]) return false;
  return word.length > 4 || isSwapped(word, keyword);
}

/** Of two words that are equally near, the one that ends as it was typed: "creatd" is "created". */
function endsAlike(word: string, keyword: string, best: string): boolean {
  return keyword.at(-1) === word.at(-1) && best.at(-1) !== word.at(-1);
}

function slipsAllowed(length: number): number {
  return length >= 9 ? 2 : 1;
}

function isSwapped(word: string, keyword: string): boolean {
  if (word.length !== keyword.length) return false;
  let at = 0;
  while (at < word.length && word[at] === keyword[at]) at += 1;
  if (at === 0) return false;
  const swapped = word.slice(0, at) + (word[at + 1] ?? "") + (word[at] ?? "") + word.slice(at + 2);
  return swapped === keyword;
}

/** Letters to add, drop, change or swap with their neighbour; counting stops at `limit`. */
function countSlips(a: string, b: string, limit: number): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = nextRow(a, b, i, row, before);
    if (Math.min(...next) >= limit) return limit;
    [before, row] = [row, next];
  }
  return row[b.length] ?? limit;
}

function nextRow(
  a: string,
  b: string,
  i: number,
  row: readonly number[],
  before: readonly number[],
): readonly number[] {
  const cost = (slips: number | undefined): number => slips ?? Number.POSITIVE_INFINITY;
  const next = [i];
  for (let j = 1; j <= b.length; j++) {
    const isSame = a[i - 1] === b[j - 1];
    const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    const swap = isSwap ? cost(before[j - 2]) + 1 : Number.POSITIVE_INFINITY;
    const change = cost(row[j - 1]) + (isSame ? 0 : 1);
    next.push(Math.min(cost(row[j]) + 1, cost(next[j - 1]) + 1, change, swap));
  }
  return next;
}
