import { isNounLed } from "./clauses/search-nouns.ts";
import { matchAt, pattern } from "./pattern.ts";
import { isWord, type Source, tokenAt, wordsOf } from "./source.ts";
import type { Token } from "./tokens.ts";

const SEARCHING = pattern(
  "+find|+get|+search|+fetch|+pull|+list|+select|+take|+identify|+grab [up|for|me|us] [all]",
);
const DEFINING = pattern(
  "[,|–|-|\\(] (i . e [.] / ie / that is|'s [to say] / meaning / namely / in other words / by which i|we mean / defined as / =) [,|:|–|-]",
);
const NO_NAME = wordsOf(
  "in at from with without who that whose which of for and or to if when on by about not tagged",
);
const LONGEST_NAME = 4;

/** "Find rotten deals, i.e. deals not updated in 20 days": what a name of one's own means takes its place. */
export function writeDefinitions(text: string, tokens: readonly Token[]): readonly Token[] {
  const source: Source = { text, tokens, end: tokens.length };
  for (let at = 0; at < source.end; at++) {
    const name = matchAt(source, at, SEARCHING)?.next;
    const defined = name === undefined ? undefined : definitionBehind(source, name);
    if (name === undefined || defined === undefined) continue;
    return tokens.filter(
      (_, place) => place < name || (place >= defined.from && place !== defined.close),
    );
  }
  return tokens;
}

interface Definition {
  readonly from: number;
  /** The parenthesis that closes it. */
  readonly close?: number | undefined;
}

function definitionBehind(source: Source, name: number): Definition | undefined {
  for (let at = name; at <= name + LONGEST_NAME; at++) {
    const from = at > name ? matchAt(source, at, DEFINING)?.next : undefined;
    if (from !== undefined) return definitionAt(source, at, from);
    const { kind, word } = tokenAt(source, at);
    if (kind !== "word" || NO_NAME.has(word)) return undefined;
  }
  return undefined;
}

function definitionAt(source: Source, mark: number, from: number): Definition | undefined {
  if (!isNounLed(source, from)) return undefined;
  if (!isWord(tokenAt(source, mark), "(")) return { from };
  const close = source.tokens.findIndex((token, at) => at > from && isWord(token, ")"));
  return close < 0 ? undefined : { from, close };
}
