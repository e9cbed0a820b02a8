import { boundaryAt } from "./links.ts";
import { matchFirst, pattern } from "./pattern.ts";
import type { Read, Source } from "./source.ts";

/** What a clause is for, said behind it: it carries no step. */
const PURPOSES = [
  "[,] so that|it|we|they|i|you|nobody|no|everyone",
  "[,] because|since|as|given it|they|we|he|she|i|you|that|this|the|there|nobody",
  "[,] in order to|that",
  "[,] to make|be sure|certain",
  "[,] to keep|avoid|prevent|ensure|help|show|see|find|get|give|let|warm|remind",
].map(pattern);

/** "… so it doesn't look robotic": up to where the next clause begins. */
export function readPurpose(source: Source, at: number): Read<string> | undefined {
  const match = matchFirst(source, at, PURPOSES);
  if (match === undefined) return undefined;
  let { next } = match;
  while (next < source.end && boundaryAt(source, next) === undefined) next += 1;
  return { value: "", next };
}
