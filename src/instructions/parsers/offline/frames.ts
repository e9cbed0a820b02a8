import { isWord, type Source, tokenAt, wordsOf } from "./source.ts";

/** Words of which requests are made, whatever is asked for: "do you think you could", "all I need is for you to". */
const FRAME =
  wordsOf(`i you we me us it be am is are was were would could can will should may might must have has had do does did going
  like love want need wish hope hoping think thinking guess suppose believe reckon happy glad great nice good lovely kind grateful
  able possible free feel chance mind wondering wonder asking ask really just probably maybe perhaps possibly please kindly
  for to that of so all any how about what get let's go ahead here there now then also first next thing job task today 'd 'll 'm
  's 've appreciate appreciated prefer expect hereby quickly simply`);

/** One of these is in every request. */
const ASKING = wordsOf("you we i me how feel any please let us go");
const LONGEST_FRAME = 12;

/** Where the words of a request end that stand here; the place itself where they are none. */
export function skipFrame(
  source: Source,
  at: number,
  isVerb: (source: Source, at: number) => boolean,
): number {
  let isAsking = false;
  const last = Math.min(source.end, at + LONGEST_FRAME);
  for (let next = at; next < last; next++) {
    if (isAsking && isVerb(source, next)) return next;
    const token = tokenAt(source, next);
    const isYou = isWord(token, "if") && isWord(tokenAt(source, next + 1), "you");
    if (token.kind !== "word" || !(FRAME.has(token.word) || isYou)) return at;
    isAsking ||= ASKING.has(token.word);
  }
  return at;
}
