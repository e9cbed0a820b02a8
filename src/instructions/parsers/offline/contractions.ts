import { isWord, type Source, tokenAt, wordsOf } from "./source.ts";
import type { Token } from "./tokens.ts";

/** "its time", "id like you to", "ur a star": contractions without their apostrophe, where only those can be meant. */
export function writeContractions(tokens: readonly Token[]): readonly Token[] {
  const source: Source = { text: "", tokens, end: tokens.length };
  return tokens.flatMap((token, at) => {
    const meant = meantAt(source, at);
    return meant === undefined ? [token] : parted(token, meant);
  });
}

interface Meant {
  readonly words: readonly [string, string];
  /** How many letters the first of them has here. */
  readonly length: number;
}

const IT_IS: Meant = { words: ["it", "is"], length: 2 };
const I_WOULD: Meant = { words: ["i", "would"], length: 1 };
const YOU_ARE: Meant = { words: ["you", "are"], length: 1 };

function meantAt(source: Source, at: number): Meant | undefined {
  const { text, kind } = tokenAt(source, at);
  if (kind !== "word") return undefined;
  const written = text.slice(0, 1).toLowerCase() + text.slice(1);
  if (written === "its") return isSaidOfIt(source, at + 1) ? IT_IS : undefined;
  if (written === "id") return isWished(source, at) ? I_WOULD : undefined;
  if (written === "ur" || written === "your")
    return isWord(tokenAt(source, at + 1), "a", "an", "the") ? YOU_ARE : undefined;
  return undefined;
}

/** What is said of something, and owned by nothing. */
const SAID = wordsOf(
  `a an the not just so too really very time all been about only quite pretty my our your his her me mine yours worth almost nearly already
  still never always probably ok okay fine fair good great easy hard sad nice cool true urgent important late early overdue fun
  been getting gotten becoming like what how because that`,
);

function isSaidOfIt(source: Source, at: number): boolean {
  return SAID.has(tokenAt(source, at).word);
}

const FEELING = wordsOf("love hate prefer rather appreciate suggest");
const LIKED = wordsOf("this it us you to them that the a an all");

/** "id like this", and not "the id like 'x'" or "an id". */
function isWished(source: Source, at: number): boolean {
  const next = tokenAt(source, at + 1);
  if (FEELING.has(next.word)) return true;
  if (isWord(next, "really", "also", "just"))
    return isWord(tokenAt(source, at + 2), "like", "love");
  return isWord(next, "like") && LIKED.has(tokenAt(source, at + 2).word);
}

function parted(token: Token, { words: [first, second], length }: Meant): readonly Token[] {
  const cut = token.start + length;
  return [
    { ...token, word: first, lemma: first, text: token.text.slice(0, length), end: cut },
    {
      ...token,
      word: second,
      lemma: second,
      text: token.text.slice(length),
      start: cut,
      isCapital: false,
      isApart: false,
    },
  ];
}
