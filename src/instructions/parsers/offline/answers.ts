import { isWord, type Source, tokenAt, wordsOf } from "./source.ts";

const ANSWERS = wordsOf("yes no true false y n else otherwise");

/** "yes: tag them / no: stop": what was asked, answered, with a mark before what is done then. */
export function isAnswer(source: Source, at: number): boolean {
  const { kind, word } = tokenAt(source, at);
  return kind === "word" && ANSWERS.has(word) && isWord(tokenAt(source, at + 1), ":", "->");
}
