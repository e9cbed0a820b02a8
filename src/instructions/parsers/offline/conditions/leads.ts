import { type Source, tokenAt, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";

const COPULA = wordsOf("is are was were be been being does do did has have 's");
/** What equals: "is Client", but not "has Client". */
const EQUALLING = wordsOf("is are was were be been being 's");
const ADVERBS = wordsOf(
  "still now currently already yet ever even just actually also either both really",
);

export interface Lead {
  readonly next: number;
  readonly isNegated: boolean;
  readonly hasCopula: boolean;
  readonly isEqualling: boolean;
}

/** "is", "is still", "does not", "hasn't been", "isn't already". */
export function readLead(source: Source, at: number): Lead {
  let [next, isNegated, hasCopula, isEqualling] = [at, false, false, false];
  for (;;) {
    const { word, kind } = tokenAt(source, next);
    if (kind !== "word" || (next > at && isValueWord(source, next))) break;
    if (COPULA.has(word)) hasCopula = true;
    else if (word === "not" || word === "never") isNegated = !isNegated;
    else if (!ADVERBS.has(word)) break;
    isEqualling ||= EQUALLING.has(word);
    next += 1;
  }
  return { next, isNegated, hasCopula, isEqualling };
}

/** "Do Not Disturb", "Past Customer": with capitals the grammar's words are part of a name. */
export function isNameWord(source: Source, at: number): boolean {
  const [token, after] = [tokenAt(source, at), tokenAt(source, at + 1)];
  return isTitled(token) && isTitled(after);
}

function isValueWord(source: Source, at: number): boolean {
  return isNameWord(source, at) || isLastName(source, at);
}

/** "timeline is Now": with a capital and nothing behind it the word is a value. */
function isLastName(source: Source, at: number): boolean {
  return isTitled(tokenAt(source, at)) && tokenAt(source, at + 1).kind === "mark";
}

function isTitled({ kind, isCapital, text }: Token): boolean {
  return kind === "word" && isCapital && text !== text.toUpperCase();
}
