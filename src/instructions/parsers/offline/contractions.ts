import { readKnownField } from "./readers/fields.ts";
import { isWord, type Source, tokenAt, wordsOf } from "./source.ts";
import type { Token } from "./tokens.ts";

/** "its time", "id like you to", "ur a star": contractions without their apostrophe, where only those can be meant. */
export function writeContractions(tokens: readonly Token[]): readonly Token[] {
  const source: Source = { text: "", tokens, end: tokens.length };
  return tokens.flatMap((token, at) => {
    if (isOff(source, at)) return [{ ...token, word: "off", lemma: "off" }];
    if (isWhose(source, at)) return [{ ...token, word: "whose", lemma: "whose" }];
    if (isThan(source, at)) return [{ ...token, word: "than", lemma: "than" }];
    const meant = meantAt(source, at);
    return meant === undefined ? [token] : parted(token, meant);
  });
}

const HANDED = wordsOf("hand hands pass it them him her contact lead deal");

/** "hand it of to", "take of the tag" */
function isOff(source: Source, at: number): boolean {
  const isTaken = tokenAt(source, at - 1).lemma === "take" && isWord(tokenAt(source, at), "of");
  if (isTaken && isWord(tokenAt(source, at + 1), "the", "this", "that", "tag", "their"))
    return true;
  const isOfTo = isWord(tokenAt(source, at), "of") && isWord(tokenAt(source, at + 1), "to");
  return isOfTo && HANDED.has(tokenAt(source, at - 1).word);
}

const COMPARING = wordsOf("is are contains includes equals = == :");

/** "contacts who title is CFO" */
function isWhose(source: Source, at: number): boolean {
  const field = isWord(tokenAt(source, at), "who") ? readKnownField(source, at + 1) : undefined;
  return field !== undefined && COMPARING.has(tokenAt(source, field.next).word);
}

const COMPARED = wordsOf("more less fewer greater higher lower bigger larger older newer");

/** "more then $75k", "more as 50", "less of 20" */
function isThan(source: Source, at: number): boolean {
  const isAmount = tokenAt(source, at + 1).kind === "number";
  return (
    isWord(tokenAt(source, at), "then", "as", "of") &&
    COMPARED.has(tokenAt(source, at - 1).word) &&
    isAmount
  );
}

interface Meant {
  readonly words: readonly [string, string];
  /** How many letters the first of them has here. */
  readonly length: number;
}

const IT_IS: Meant = { words: ["it", "is"], length: 2 };
const I_WOULD: Meant = { words: ["i", "would"], length: 1 };
const YOU_ARE: Meant = { words: ["you", "are"], length: 1 };

const RUN_TOGETHER = wordsOf("atleast atmost");

function meantAt(source: Source, at: number): Meant | undefined {
  const { text, kind } = tokenAt(source, at);
  if (kind !== "word") return undefined;
  const written = text.slice(0, 1).toLowerCase() + text.slice(1);
  if (RUN_TOGETHER.has(written)) return { words: ["at", written.slice(2)], length: 2 };
  if (written === "its" && isSaidOfIt(source, at + 1)) return IT_IS;
  if (written === "id" && isWished(source, at)) return I_WOULD;
  return isYou(written) && isWord(tokenAt(source, at + 1), "a", "an", "the") ? YOU_ARE : undefined;
}

function isYou(written: string): boolean {
  return written === "ur" || written === "your";
}

/** What is said of something, and owned by nothing. */
const SAID = wordsOf(
  `a an the not just so too really very time all been about only quite pretty my our your his her me mine yours worth almost nearly already
  still never always probably ok okay fine fair good great easy hard sad nice cool true urgent important late early overdue fun
  for in on at with from by getting gotten becoming like what how because that`,
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
