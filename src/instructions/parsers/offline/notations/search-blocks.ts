import { isWord, type Source, tokenAt, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";
import { isKind } from "./acts.ts";
import type { Block, Made } from "./block-lines.ts";
import { put, putBefore } from "./edit.ts";

const FINDING = wordsOf("search find get query select fetch");
const LIKE = wordsOf("where filter filters criteria condition conditions");
const LIMITS = wordsOf("limit max count");

interface Sought {
  readonly kind: string;
  readonly said: readonly Token[];
}

/** "search: contacts" with "where: …" and "limit: …" below it. */
export function writeSearch({ source, lines }: Block, line: number, end: number): Made | undefined {
  const here = lines[line];
  const kind = here === undefined ? undefined : readHead(source, here.from, here.to);
  if (here === undefined || kind === undefined) return undefined;
  let sought: Sought | undefined = { kind, said: [] };
  for (const { from, to } of lines.slice(line + 1, end))
    sought = sought === undefined ? undefined : readLine(source, from, to, sought);
  if (sought === undefined) return undefined;
  const found = put(`find ${sought.kind}`, tokenAt(source, here.from));
  return { tokens: [...found, ...sought.said], lines: end };
}

function readLine(source: Source, from: number, to: number, sought: Sought): Sought | undefined {
  const first = tokenAt(source, from);
  if (to === from + 1 && isKind(first.word)) return { ...sought, kind: first.word };
  const value = source.tokens.slice(from + 2, to);
  const [place] = value;
  if (place === undefined || !isWord(tokenAt(source, from + 1), ":")) return undefined;
  if (NAMING.has(first.word))
    return isKind(place.word) ? { ...sought, kind: place.word } : undefined;
  const words = wordsBefore(first.word, sought.said.length === 0);
  if (words === undefined) return undefined;
  return { ...sought, said: [...sought.said, ...putBefore(words, place), ...value] };
}

const NAMING = wordsOf("object type entity from");

function wordsBefore(name: string, isFirst: boolean): string | undefined {
  if (LIKE.has(name)) return isFirst ? "where" : "and";
  return LIMITS.has(name) ? ", limit" : undefined;
}

/** What is searched for: "search: companies", "search_contacts:", "find:". */
function readHead(source: Source, from: number, to: number): string | undefined {
  const words = source.tokens.slice(from, to).filter((token) => !isWord(token, ":"));
  const [verb, kind] = words;
  if (verb === undefined || words.length > 2 || !FINDING.has(verb.word)) return undefined;
  if (kind === undefined) return "contacts";
  return isKind(kind.word) ? kind.word : undefined;
}
