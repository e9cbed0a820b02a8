import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { readNumber } from "./amounts.ts";

/** Phrases by their first word: each is one of the words of every group in turn, and a group with an empty word may be missing. */
type Phrases = ReadonlyMap<string, readonly (readonly string[])[]>;

function phrasesOf(lines: readonly string[]): Phrases {
  const phrases = new Map<string, (readonly string[])[]>();
  for (const line of lines) {
    const groups = line.split(";").map((group) => group.split("|").map((one) => one.trim()));
    for (const phrase of combine(groups)) {
      const words = phrase.split(" ").filter((word) => word !== "");
      const [first] = words;
      if (first !== undefined) phrases.set(first, [...(phrases.get(first) ?? []), words]);
    }
  }
  return phrases;
}

function combine(groups: readonly (readonly string[])[]): readonly string[] {
  return groups.reduce<readonly string[]>(
    (made, group) => made.flatMap((before) => group.map((one) => `${before} ${one}`)),
    [""],
  );
}

const BEFORE = phrasesOf([
  "limit|limiting|limited|cap|capping|capped|keep|keeping|restrict|restricting|restricted|stop|stopping; |it|them|this|that|things|these|those|results|the results|the list|the number|the total|the search|the selection; |down; to|at",
  "limit|cap|max|maximum; |of|is",
  "|with|with a|a; limit|cap|maximum|max; of|at|to|",
  "at|with; the|a|; most|maximum",
  "up to",
  "no|not; more than",
  "|only|just|only the|just the|with the|the; top|first",
  "only|just; |about|around|roughly",
  "|let us; |only|just; take|show|return|get|use|need|want; |me|us; |only|just; |the; |top|first",
  "say",
  "in|within; the|a; limit; of",
  "n =",
  "|somewhere|anywhere; around|about|roughly|approximately",
]);

const COUNTED =
  wordsOf(`results result hits contacts companies deals leads people records entries of them matches rows
  accounts prospects persons nos individuals articles items links ones tops max maximum please pls only total in all at the most is are plenty enough will do fine would be should`);

const AFTER = phrasesOf([
  "or; so|fewer|less",
  "tops|max|maximum|only|please",
  "nos|pcs; |only|max|maximum",
  "in; number|total",
  "at; |the; |very; most|maximum",
  "is|are|'s|would be|will be|should be|ought to be; |more than; plenty|enough|fine|ok|okay|sufficient|good|perfect",
  "will|would|should; do; |it|nicely|fine",
]);

/** "limit 20", "(max 3 results)", "8 results tops", "up to 50", "ten is plenty", "keeping it to 20". */
export function readLimit(source: Source, at: number): Read<number> | undefined {
  if (isWord(tokenAt(source, at), "(", "[")) {
    const inner = readLimit(source, at + 1);
    return inner !== undefined && isWord(tokenAt(source, inner.next), ")", "]")
      ? { ...inner, next: inner.next + 1 }
      : undefined;
  }
  const start = longest(source, at, BEFORE);
  const sign = ["=", ":"].includes(tokenAt(source, start).word) ? 1 : 0;
  const number = readNumber(source, start + sign);
  if (number === undefined || !Number.isInteger(number.value)) return undefined;
  const counted = skipUnit(source, at, start, number.next);
  const after = longest(source, counted, AFTER);
  const isTold = start > at || after > counted || isOfThem(source, number.next, counted);
  return isTold ? { value: number.value, next: longest(source, after, AFTER) } : undefined;
}

/** "25 of them", "80 nos" */
function isOfThem(source: Source, number: number, counted: number): boolean {
  return counted > number && isWord(tokenAt(source, counted - 1), "them", "those", "nos");
}

function longest(source: Source, at: number, phrases: Phrases): number {
  let end = at;
  for (const phrase of phrases.get(tokenAt(source, at).word) ?? []) {
    const fits = phrase.every((word, index) => tokenAt(source, at + index).word === word);
    if (fits) end = Math.max(end, at + phrase.length);
  }
  return end;
}

function skipCounted(source: Source, at: number): number {
  if (["of", "in"].includes(tokenAt(source, at).word)) {
    return ["them", "those", "total", "all"].includes(tokenAt(source, at + 1).word) ? at + 2 : at;
  }
  const word = tokenAt(source, at).word;
  return NOUNS.has(word) && COUNTED.has(word) ? at + 1 : at;
}

/** "max 75 people.", "maximum 30 pieces", "25 people max": what is counted closes a limit that was told, and begins no search. */
function skipUnit(source: Source, from: number, told: number, at: number): number {
  const { word } = tokenAt(source, at);
  const isClosed = tokenAt(source, at + 1).kind === "mark" && !isWord(tokenAt(source, at + 1), "(");
  if (!isBounded(source, at + 1) && (told === from || !isClosed)) return skipCounted(source, at);
  const isUnit = UNITS.has(word) || (PERSONS.has(word) && !mayBeSize(source, from));
  return isUnit ? at + 1 : skipCounted(source, at);
}

/** "… max.", and not "40 contacts or so in Basel" */
function isBounded(source: Source, at: number): boolean {
  const next = longest(source, at, AFTER);
  return (
    next > at && (isWord(tokenAt(source, next), "", "and") || tokenAt(source, next).kind === "mark")
  );
}

const UNITS = wordsOf("contacts companies deals leads accounts prospects pieces pcs units names");
const PERSONS = wordsOf("people individuals persons heads");
const FIRMS = wordsOf(
  "company companies account accounts firm firms business businesses organization organizations organisation organisations startups enterprises agencies",
);
const HOLDING = wordsOf("with has have of employing employs");
const FARTHEST = 40;

/** "companies in Rome, max 75 people": they may be how big those are. */
function mayBeSize(source: Source, at: number): boolean {
  if ([at - 1, at].some((word) => HOLDING.has(tokenAt(source, word).word))) return true;
  for (let before = at - 1; before >= Math.max(0, at - FARTHEST); before--) {
    const { word } = tokenAt(source, before);
    if (word === "." || word === "\n") return false;
    if (FIRMS.has(word)) return true;
  }
  return false;
}

const NOUNS = wordsOf(
  "results result hits records entries matches rows articles items links persons nos",
);
