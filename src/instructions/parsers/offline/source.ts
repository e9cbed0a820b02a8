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
  const start = source.tokens[from]?.start ?? 0;
  const end = source.tokens[to - 1]?.end ?? start;
  return source.text.slice(start, end).replace(/\s+/g, " ").trim();
}

export function isWord(token: Token, ...words: readonly string[]): boolean {
  return token.kind !== "quoted" && words.includes(token.word);
}

export function wordsOf(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter((word) => word !== ""));
}
