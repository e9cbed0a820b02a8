import { lemmaOf } from "../lexicon.ts";
import { isBareStart } from "../links.ts";
import { readKnownField } from "../readers/fields.ts";
import { isWord, tokenAt } from "../source.ts";
import type { Token } from "../tokens.ts";

/** What stands in the place of some tokens. */
export interface Rewrite {
  readonly taken: number;
  readonly tokens: readonly Token[];
}

export type Rule = (tokens: readonly Token[], at: number) => Rewrite | undefined;

export function say(word: string, place: Token | undefined, isInserted = false): readonly Token[] {
  if (place === undefined) return [];
  const end = isInserted ? place.start : place.end;
  const text = isInserted ? "" : place.text;
  return [
    {
      ...place,
      kind: "word",
      word,
      lemma: lemmaOf(word),
      text,
      end,
      value: Number.NaN,
      isCapital: false,
    },
  ];
}

export function look(tokens: readonly Token[], at: number): Token {
  return tokenAt({ text: "", tokens, end: tokens.length }, at);
}

export function fieldEnd(tokens: readonly Token[], at: number): number | undefined {
  return readKnownField({ text: "", tokens, end: tokens.length }, at)?.next;
}

export const OPERATORS = ["=", "==", ">", "<", ">=", "<=", "!="];

const LONGEST_VALUE = 4;

export const LONGEST_NAMES = 12;

/** Where a value ends: one word, number, quoted text or variable, or a name of several words. */
function valueEnd(tokens: readonly Token[], at: number): number | undefined {
  const first = look(tokens, at);
  if (first.kind === "mark" || isWord(first, "if", "unless")) return undefined;
  let next = at + 1;
  while (first.isCapital && next - at < LONGEST_VALUE && look(tokens, next).isCapital) next += 1;
  return next;
}

export const SEPARATING = ["", "->", ";", ".", ",", "\n", "–", "|"];

export function isClosed(tokens: readonly Token[], at: number | undefined): at is number {
  return at !== undefined && isWord(look(tokens, at), ...SEPARATING);
}

const LABELS = ["trigger", "event", "when", "start", "starts", "on"];

/** Behind a mark, but not behind the label of a trigger. */
export function isOpen(tokens: readonly Token[], at: number): boolean {
  const isLabelled = isWord(look(tokens, at - 2), ...LABELS);
  return at > 0 && !isLabelled && isWord(look(tokens, at - 1), "->", ";", "\n", ".", "!", ":");
}

/** A value with nothing behind it, which is no clause itself. */
export function isValue(tokens: readonly Token[], at: number): boolean {
  const isClause = isBareStart({ text: "", tokens, end: tokens.length }, at);
  return isClosed(tokens, valueEnd(tokens, at)) && !isClause;
}
