import { readPlainNumber } from "../readers/amounts.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { VOCABULARY } from "../vocabulary.ts";
import { isNameAt } from "./names.ts";

/** Talk of which no plan could be made, because each of its words is known to carry nothing: "harsh but fair", "thanks mate!". */

/** What is only called out. */
const CALLS = wordsOf(
  `lol haha hahaha ha hehe sigh woohoo yay ugh phew omg wow oof argh meh whoops eek gosh jeez yikes hooray yippee bravo amen voila boom
  yep yup yeah yes ok okay k kk btw fyi tbh imo imho idk smh rofl xx xxx xo hurrah duh whew gee aargh grr hmm`,
);

/** What is judged, and thanks. */
const JUDGING = wordsOf(
  `good great nice lovely fine cool perfect awesome amazing brilliant wonderful fantastic excellent super fab sweet solid neat harsh fair unfair
  sad true silly stupid weird odd strange funny crazy mad wild boring annoying awkward embarrassing easy easier simple hard tough tricky
  messy clear obvious fun interesting exciting scary useful helpful handy clever smart dumb wise cheeky lazy rude kind generous painful
  awful terrible horrible bad worse worst better best ugly ridiculous hilarious shocking bummer shame pity pain nightmare mess miracle star
  stars legend lifesaver hero gem genius champ angel godsend promise magic classic typical sense sound sounds seem seems look looks
  work works right wrong possible doable worth welcome appreciated appreciate happy glad sorry overdue late done sorted
  thanks thank cheers ta thx tnx ty merci obrigado obrigada arigato gracias danke grazie questions question thoughts comments idea clue
  worries rush biggie pressure drama hurry stress joke kidding pun offence offense wonder luck fingers crossed peasy rest
  gutted tack takk dank kiitos spasibo saludos liebe gruesse grüße mfg fancy special madness insane chaos brutal dull grim lush gold dust
  enough plenty help helps matter matters hope know guess think believe`,
);

/** What stands around them. */
const GLUE = wordsOf(
  `it that this is 's are was were be been being am a an the and but or so very really too just quite pretty rather bit little lot of me you i
  we us for with about as than now well ok not no how what why does did would will could can should do all everything any anyway though my our your
  there here at by such much many kind warm best have has to mate buddy man dude pal love guys folks team million bunch heaps
  loads ton tons advance again always usual ever hopefully big huge in on side end far yours old deal way part point long
  story honestly still even nothing pure sheer total utter absolute complete up one every each`,
);

for (const word of [...CALLS, ...JUDGING]) VOCABULARY.add(word);

/** Whether all words are known to carry nothing, and each part that commas leave judges, thanks or calls out. */
export function isIdleTalk(source: Source, from: number, to: number): boolean {
  let start = from;
  for (let at = from; at <= to; at++) {
    if (at < to && !PARTING.has(tokenAt(source, at).word)) continue;
    if (at > start && !isIdlePart(source, start, at, start > from)) return false;
    start = at + 1;
  }
  return true;
}

const PARTING = wordsOf(", . ! ? – - … ( )");

/** "to everyone", "have a look", "do it too": as the first words these ask for something. */
const NEVER_FIRST = wordsOf(
  "to for with by at in on about me us have has go need look help work be do use",
);
/** What there is none of, and what is not so. */
const LACKING = wordsOf(
  `worries rush biggie pressure drama hurry stress idea clue problem problems questions joke kidding offence offense wonder promises luck fun
  sure bad great ideal good easy sorry perfect pretty nice fair too`,
);

function isIdlePart(source: Source, from: number, to: number, isBehind: boolean): boolean {
  if (isNamed(source, from, to, isBehind)) return true;
  if (from + 1 === to && isSelecting(tokenAt(source, from).word)) return false;
  const isDenied = isWord(tokenAt(source, from), "no", "not");
  if (isDenied ? !LACKING.has(tokenAt(source, from + 1).word) : isAsking(source, from))
    return false;
  let isSaid = false;
  for (let at = from; at < to; at++) {
    const repeated = repeatedEnd(source, at, to);
    if (repeated > at) at = repeated - 1;
    else if (isIdle(source, at)) isSaid ||= isSaying(tokenAt(source, at).word);
    else return false;
  }
  return isSaid;
}

/** Alone these say which: "Find deals. Overdue." */
const SELECTING = wordsOf("overdue late");

export function isSelecting(word: string): boolean {
  return SELECTING.has(word);
}

/** "Thanks, Mike", "thx a lot, Mike" */
function isNamed(source: Source, from: number, to: number, isBehind: boolean): boolean {
  const isName = from + 1 === to && isNameAt(source, from);
  return (
    isName && (isThanked(source, from) || (isBehind && isWord(tokenAt(source, from - 1), ",")))
  );
}

function isAsking(source: Source, at: number): boolean {
  const isOfYou = isWord(tokenAt(source, at), "do") && isWord(tokenAt(source, at + 1), "you");
  return NEVER_FIRST.has(tokenAt(source, at).word) && !isOfYou;
}

/** One word that only calls out: any other alone may be a value, a tag or a condition. */
export function isCall(word: string): boolean {
  return CALLS.has(word) || THANKS.includes(word) || word === "sorry";
}

function isSaying(word: string): boolean {
  return JUDGING.has(word) || CALLS.has(word);
}

function isIdle(source: Source, at: number): boolean {
  const { word, kind } = tokenAt(source, at);
  return kind === "word" && (isSaying(word) || GLUE.has(word) || isThanked(source, at));
}

const THANKS = ["thanks", "you", "cheers", "ta", "thx", "tnx", "ty", "gracias", "merci", "danke"];

/** "thanks Mike", "cheers, Mike" */
function isThanked(source: Source, at: number): boolean {
  const before = isWord(tokenAt(source, at - 1), ",") ? at - 2 : at - 1;
  return isWord(tokenAt(source, before), ...THANKS) && isNameAt(source, at);
}

/** "so 2 weeks is good", "yes, every 2 hours": behind a number and its unit that stand elsewhere in the text, too. */
function repeatedEnd(source: Source, at: number, to: number): number {
  const isEvery = isWord(tokenAt(source, at), "every", "each");
  const said = unitAt(source, isEvery ? at + 1 : at);
  if (said === undefined || said.next > to) return at;
  const whole: Source = { ...source, end: source.tokens.length };
  const isRepeated = source.tokens.some((_, other) => {
    if (other >= at && other < said.next) return false;
    const same = unitAt(whole, other);
    return same?.value === said.value && (!isEvery || isEveryAt(whole, other));
  });
  return isRepeated ? said.next : at;
}

function isEveryAt(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at - 1), "every", "each");
}

/** "2 weeks" */
function unitAt(source: Source, at: number): Read<string> | undefined {
  const number = readPlainNumber(source, at);
  const unit = number === undefined ? "" : tokenAt(source, number.next).word;
  if (number === undefined || !UNITS.has(unit)) return undefined;
  return { value: `${number.value} ${unit}`, next: number.next + 1 };
}

const UNITS = wordsOf("minute minutes hour hours day days week weeks month months");
