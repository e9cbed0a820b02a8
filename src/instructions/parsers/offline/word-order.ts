import { isActing } from "./links.ts";
import { isWord, type Source, tokenAt, wordsOf } from "./source.ts";
import type { Token } from "./tokens.ts";

const PREPOSITIONS = wordsOf("to for in into under on onto at with by");
const ARTICLES = wordsOf("a an the another");
/** What may follow without an article, as those say it whose language has none. */
const BARE =
  wordsOf(`task todo reminder notification alert message note notice email template tag tags label field status stage value
  invitation handoff`);

/** How many words may stand between a verb and what it is done to. */
const LONGEST_BETWEEN = 12;
const LONGEST_OBJECT = 10;

/**
 * "Create for Marek a task: …", "put in the field 'segment' the value PME": a verb, to whom or where, and only then what. The same words
 * with what is done right behind its verb, as the grammar has it; several where nobody knows where it ends.
 */
export function* toPlainOrder(source: Source, at: number): Generator<Source> {
  if (!isMoved(source, at)) return;
  const last = Math.min(source.end, at + LONGEST_BETWEEN);
  for (let from = at + 3; from < last; from++) {
    if (isWord(tokenAt(source, from), ":", ";", ".", "->")) return;
    if (!isObject(source, from)) continue;
    for (const to of objectEnds(source, from)) yield reorder(source, { at, from, to });
  }
}

function isMoved(source: Source, at: number): boolean {
  return isVerb(source, at) && PREPOSITIONS.has(tokenAt(source, at + 1).word);
}

/** "Write" and "record" act as well where no object stands behind them. */
const FURTHER = wordsOf("write record enter log note set change update amend make put open");

function isVerb(source: Source, at: number): boolean {
  return isActing(source, at) || FURTHER.has(tokenAt(source, at).lemma);
}

/** What stands behind a preposition belongs to it. */
function isObject(source: Source, at: number): boolean {
  const { kind, word } = tokenAt(source, at);
  const before = tokenAt(source, at - 1);
  if (PREPOSITIONS.has(before.word) || isWord(before, "and", "or", "of", ...ARTICLES)) return false;
  return kind === "quoted" || ARTICLES.has(word) || BARE.has(word);
}

/** Before a colon, a text in quotes or what a task is to do, or with the clause. */
function* objectEnds(source: Source, from: number): Generator<number> {
  const first = tokenAt(source, from).kind === "quoted" ? from + 1 : from;
  for (let at = first + 1; at < Math.min(source.end, from + LONGEST_OBJECT); at++) {
    const token = tokenAt(source, at);
    if (isWord(token, ":", "to", "that") || token.kind === "quoted") yield at;
  }
  yield source.end;
}

interface Order {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

function reorder(source: Source, { at, from, to }: Order): Source {
  const { tokens } = source;
  const between = tokens.slice(at + 1, from).filter((token) => !isComma(token));
  const reordered = [
    ...tokens.slice(0, at + 1),
    ...tokens.slice(from, to),
    ...between,
    ...tokens.slice(to, source.end),
  ];
  return { ...source, tokens: reordered, end: reordered.length };
}

const isComma = (token: Token): boolean => isWord(token, ",");
