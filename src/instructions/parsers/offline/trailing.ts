import { matchFirst, pattern } from "./pattern.ts";
import { isWord, type Source, tokenAt } from "./source.ts";

const TRAILING = ["if", "unless", "provided", "providing", "assuming", "once", "when"];
const TRAILING_PHRASES = [
  "as|so long as",
  "in case",
  "given that",
  "on condition that",
  "in the event",
].map(pattern);

/** Whether a condition opens here that may trail its clause. */
export function isTrailing(source: Source, at: number): boolean {
  return (
    isWord(tokenAt(source, at), ...TRAILING) ||
    matchFirst(source, at, TRAILING_PHRASES) !== undefined
  );
}
