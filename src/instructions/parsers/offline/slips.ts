import { KEYWORDS } from "./lexicon.ts";
import { CLOSED, TALK } from "./talk-words.ts";
import { VOCABULARY } from "./vocabulary.ts";

/**
 * Words that were meant where one letter is missing or doubled, or two are swapped: "coud", "carefull", "frist". Found by what is
 * left of a word without one of its letters, so that nothing is compared with the whole lexicon.
 */
type Index = ReadonlyMap<string, readonly string[]>;

const SHORTEST = 5;

const closed = indexOf(CLOSED);
let known: Index | undefined;

/** What a word was meant to be; nothing where it could be several words, or none. */
export function slipOf(word: string, isCapital: boolean): string | undefined {
  if (!/^\p{L}+$/u.test(word)) return undefined;
  const near = meantBy(word, closed, (one) => CLOSED.has(one));
  if (near !== undefined || word.length < SHORTEST || isCapital) return near;
  known ??= indexOf([...KEYWORDS, ...VOCABULARY, ...TALK].filter(isLong));
  const meant = meantBy(word, known, (one) => isLong(one) && isKnown(one));
  return meant === undefined || isInflected(word, meant) ? undefined : meant;
}

/** "appear" and "appears" are two words, as are "provide" and "provided". */
function isInflected(word: string, meant: string): boolean {
  return meant.slice(0, -1) === word;
}

function isKnown(word: string): boolean {
  return TALK.has(word) || VOCABULARY.has(word) || KEYWORD_SET.has(word);
}

const KEYWORD_SET: ReadonlySet<string> = new Set(KEYWORDS);

function isLong(word: string): boolean {
  return word.length >= SHORTEST && /^\p{L}+$/u.test(word);
}

function indexOf(words: Iterable<string>): Index {
  const index = new Map<string, string[]>();
  for (const word of new Set(words)) {
    for (const rest of withoutOne(word)) {
      const others = index.get(rest);
      if (others === undefined) index.set(rest, [word]);
      else if (!others.includes(word)) others.push(word);
    }
  }
  return index;
}

function meantBy(
  word: string,
  index: Index,
  isWordOf: (word: string) => boolean,
): string | undefined {
  const missing = index.get(word) ?? [];
  const others = [...swaps(word), ...undoubled(word)].filter(isWordOf);
  const meant = new Set([...missing, ...others].filter((one) => one[0] === word[0]));
  const [only] = meant;
  return meant.size === 1 ? only : undefined;
}

function withoutOne(word: string): readonly string[] {
  return Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

function swaps(word: string): readonly string[] {
  return Array.from(
    { length: Math.max(0, word.length - 2) },
    (_, at) =>
      word.slice(0, at + 1) + (word[at + 2] ?? "") + (word[at + 1] ?? "") + word.slice(at + 3),
  );
}

/** Without one of two letters that are the same. */
function undoubled(word: string): readonly string[] {
  return withoutOne(word).filter((_, at) => word[at] === word[at + 1]);
}
