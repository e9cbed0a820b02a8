import { isWord, type Source, tokenAt, within } from "../source.ts";
import type { Token } from "../tokens.ts";
import { isLineEnd, type Notation, put } from "./edit.ts";

/** "(1) tag them (2) notify @user.rep" within a line: each number begins a part, a sentence or, behind a condition, a clause. */
export const writeNumbered: Notation = (source) => {
  const { tokens } = source;
  const written: Token[] = [];
  let number = 0;
  for (let at = 0; at < source.end; at++) {
    const token = tokenAt(source, at);
    if (token.text === "\n" || isNumber(source, at, 1)) number = 0;
    if (!isNumber(source, at, number + 1)) {
      written.push(token);
      continue;
    }
    number += 1;
    const isFirst = at === 0 || tokens[at - 1]?.text === "\n";
    if (!isFirst && !isWord(tokenAt(source, at - 1), ".", ";", ":", ",", "->", "then"))
      written.push(...put(isOfCondition(within(source, at), at) ? "," : ".", token));
    at += 2;
  }
  return written;
};

/** The number that is next, in parentheses of its own: "(2)". */
function isNumber(source: Source, at: number, number: number): boolean {
  if (!isWord(tokenAt(source, at), "(") || !tokenAt(source, at).isApart) return false;
  const isClosed = isWord(tokenAt(source, at + 2), ")");
  return isClosed && tokenAt(source, at + 1).value === number && hasNext(source, at, number);
}

/** How far apart two numbers of a list may stand. */
const LONGEST_ITEM = 80;

/** A number alone in parentheses lists nothing, unless another follows or went before. */
function hasNext(source: Source, from: number, number: number): boolean {
  if (number > 1) return true;
  for (let at = from + 3; at < from + LONGEST_ITEM && !isLineEnd(source, at); at++)
    if (isWord(tokenAt(source, at), "(") && tokenAt(source, at + 1).value === number + 1)
      return true;
  return false;
}

/** Whether the sentence before began with a condition, whose scope a full stop would end. */
function isOfCondition(source: Source, end: number): boolean {
  let from = end;
  while (from > 0 && !isWord(tokenAt(source, from - 1), ".", ";", "\n", "?")) from -= 1;
  return isWord(tokenAt(source, from), "if", "unless", "otherwise", "else", "yes", "no");
}
