import { boundaryAt } from "./boundaries.ts";
import { matchFirst, pattern } from "./pattern.ts";
import { isWord, type Read, type Source, tokenAt } from "./source.ts";

/** What a clause is for, said behind it: it carries no step. */
const PURPOSES = [
  "[,] so that|it|we|they|i|you|nobody|no|everyone",
  "[,] because|since|as|given it|they|we|he|she|i|you|that|this|the|there|nobody",
  "[,] in order to|that",
  "[,] to make|be sure|certain",
  "[,] to keep|avoid|prevent|ensure|help|show|see|find|get|give|let|warm|remind",
  "[,] to thank|congratulate|welcome|invite|ask|apologize|apologise [them|him|her|everyone|us] [to|for|on|about]",
].map(pattern);

/** A "then" begins something else, known or not. */
function isEnd(source: Source, at: number): boolean {
  if (boundaryAt(source, at) !== undefined) return true;
  const then = isWord(tokenAt(source, at), ",", "and") ? at + 1 : at;
  return isWord(tokenAt(source, then), "then") && !isWord(tokenAt(source, then - 1), "by", "since");
}

/** "… so it doesn't look robotic": up to where the next clause begins. */
export function readPurpose(source: Source, at: number): Read<string> | undefined {
  const match = matchFirst(source, at, PURPOSES);
  if (match === undefined) return undefined;
  let { next } = match;
  while (next < source.end && !isEnd(source, next)) next += 1;
  return { value: "", next };
}
