import { isWord, type Source, tokenAt } from "../source.ts";

/** Past the word between a time and its days. */
export function skipOn(source: Source, at: number): number {
  return isWord(tokenAt(source, at), "on", ",") ? at + 1 : at;
}
