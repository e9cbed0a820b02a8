import { say } from "../shorthand/rule.ts";
import type { Source } from "../source.ts";
import { readTokens, type Token } from "../tokens.ts";

/** One way of writing: what it puts in the place of a text's tokens. */
export type Notation = (source: Source) => readonly Token[];

/** Words in the place of one token: the first has its span, the others stand behind it and take no room. */
export function put(words: string, place: Token): readonly Token[] {
  const [first = "", ...rest] = words.split(" ");
  const behind = { ...place, start: place.end, isApart: true };
  return [...putOne(first, place, false), ...rest.flatMap((word) => putOne(word, behind, true))];
}

/** Words in front of a token, which take no room. */
export function putBefore(words: string, place: Token): readonly Token[] {
  return words.split(" ").flatMap((word) => putOne(word, place, true));
}

function putOne(word: string, place: Token, isInserted: boolean): readonly Token[] {
  const made = say(word, place, isInserted);
  if (/[\p{L}\p{N}]/u.test(word)) return made;
  return made.map((token): Token => ({ ...token, kind: "mark", text: word }));
}

/** What stands in quotes, as words of its own. */
export function unquote(token: Token): readonly Token[] {
  if (token.kind !== "quoted") return [token];
  const shift = token.start + 1;
  return readTokens(token.text).map((inner) => ({
    ...inner,
    start: inner.start + shift,
    end: inner.end + shift,
  }));
}

/** Words as if they stood in quotes. */
export function quote(text: string, tokens: readonly Token[]): readonly Token[] {
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (first === undefined || last === undefined || tokens.length === 1) {
    if (first === undefined || first.kind !== "word") return tokens;
  }
  const said = text.slice(first.start, last?.end);
  const word = `"${said.toLowerCase()}"`;
  return [{ ...first, kind: "quoted", word, lemma: word, text: said, end: last?.end ?? first.end }];
}

export function isLineEnd(source: Source, at: number): boolean {
  return at >= source.end || source.tokens[at]?.text === "\n";
}

/** Where the line ends in which a token stands. */
export function lineEnd(source: Source, at: number): number {
  let next = at;
  while (!isLineEnd(source, next)) next += 1;
  return next;
}
