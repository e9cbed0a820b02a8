import type { Token } from "./tokens.ts";

/** The tokens of a text with the place where what is being read must end. */
export interface Source {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly end: number;
}

/** What was read, and the index of the token that follows. */
export interface Read<T> {
  readonly value: T;
  readonly next: number;
}

export type Reader<T> = (source: Source, at: number) => Read<T> | undefined;

const NOTHING: Token = {
  kind: "mark",
  word: "",
  lemma: "",
  text: "",
  start: 0,
  end: 0,
  value: Number.NaN,
  isCapital: false,
  isApart: true,
};

/** The token at a place, or an empty mark past the end. */
export function tokenAt(source: Source, at: number): Token {
  return at < source.end ? (source.tokens[at] ?? NOTHING) : NOTHING;
}

export function within(source: Source, end: number): Source {
  return { ...source, end: Math.min(end, source.end) };
}

/** The text as it was written, from one token up to another, without the white space and marks around it. */
export function slice(source: Source, from: number, to: number): string {
  if (to <= from) return "";
  if (isReordered(source, from, to)) return joinTokens(source, from, to);
  const start = source.tokens[from]?.start ?? 0;
  const end = source.tokens[to - 1]?.end ?? start;
  return source.text.slice(start, end).replace(/\s+/g, " ").trim();
}

/** Whether these are the words of a passive, put into the order of a command (passives.ts). */
function isReordered({ tokens }: Source, from: number, to: number): boolean {
  for (let at = from + 1; at < to; at++)
    if ((tokens[at]?.start ?? 0) < (tokens[at - 1]?.end ?? 0)) return true;
  return false;
}

const ARTICLES = new Set(["a", "an", "the", "our", "their", "this", "that"]);

/** Each as it was written, and as it is meant where it stands for other words. */
function joinTokens({ text, tokens }: Source, from: number, to: number): string {
  let joined = "";
  for (let at = from; at < to; at++) {
    const token = tokens[at] ?? NOTHING;
    const isClose = at === from || (token.start === tokens[at - 1]?.end && !token.isApart);
    const isArticle = ARTICLES.has(token.word) && at > from;
    const written =
      token.kind === "word"
        ? isArticle
          ? token.word
          : token.text
        : text.slice(token.start, token.end);
    joined += isClose ? written : ` ${written}`;
  }
  return joined;
}

export function isWord(token: Token, ...words: readonly string[]): boolean {
  return token.kind !== "quoted" && words.includes(token.word);
}

export function wordsOf(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter((word) => word !== ""));
}
