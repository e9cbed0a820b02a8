import { isWord, type Source, tokenAt, wordsOf } from "./source.ts";

/** Words of which requests are made, whatever is asked for: "do you think you could", "all I need is for you to". */
const FRAME =
  wordsOf(`i you we me us it be am is are was were would could can will should may might must have has had do does did going
  like love want need wish hope hoping think thinking guess suppose believe reckon happy glad great nice good lovely kind grateful
  able possible free feel chance mind wondering wonder asking ask really just probably maybe perhaps possibly please kindly
  for to that of so all any how about what get let's go ahead here there now then also first next thing job task today 'd 'll 'm
  's 've appreciate appreciated prefer expect hereby quickly simply pleased thankful wonderful fantastic ideal helpful much very`);

/** One of these is in every request. */
const ASKING = wordsOf("you we i me how feel any please let us go");
const LONGEST_FRAME = 12;

type Told = (source: Source, at: number) => boolean;

const KIND = wordsOf(
  "grateful happy glad great nice good lovely kind appreciate appreciated it pleased thankful wonderful fantastic ideal helpful",
);
const WANTING = wordsOf("want need wish like love prefer");

/** "we would be grateful if they were tagged", "I want that they are tagged": what is done behind it is wished. */
function isWished(source: Source, from: number, at: number): boolean {
  const before = tokenAt(source, at - 1);
  if (at > from && isWord(tokenAt(source, at), "that")) return WANTING.has(before.word);
  return isWord(tokenAt(source, at), "if") && KIND.has(before.word) && isSupposed(source, from, at);
}

function isSupposed(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++)
    if (isWord(tokenAt(source, at), "would", "appreciate")) return true;
  return false;
}

/** Where the words of a request end that stand here; the place itself where they are none. */
export function skipFrame(source: Source, at: number, isVerb: Told, isDone: Told): number {
  let isAsking = false;
  const last = Math.min(source.end, at + LONGEST_FRAME);
  for (let next = at; next < last; next++) {
    if (isAsking && isVerb(source, next)) return next;
    if (isWished(source, at, next) && isDone(source, next + 1)) return next + 1;
    if (!isOfFrame(source, next)) return at;
    isAsking ||= ASKING.has(tokenAt(source, next).word);
  }
  return at;
}

function isOfFrame(source: Source, at: number): boolean {
  const { kind, word } = tokenAt(source, at);
  const isYou = word === "if" && isWord(tokenAt(source, at + 1), "you");
  return kind === "word" && (FRAME.has(word) || isYou);
}
