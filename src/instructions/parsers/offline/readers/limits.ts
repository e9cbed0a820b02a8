import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { readNumber } from "./amounts.ts";

const BEFORE: readonly (readonly string[])[] = [
  "limit to",
  "limited to",
  "limit it to",
  "limit them to",
  "limit the results to",
  "limit this to",
  "limit of",
  "with a limit of",
  "with limit",
  "limit",
  "capped at",
  "cap it at",
  "cap at",
  "cap",
  "max",
  "maximum",
  "maximum of",
  "a maximum of",
  "at a maximum",
  "at most",
  "at the most",
  "up to",
  "no more than",
  "not more than",
  "top",
  "the top",
  "first",
  "the first",
  "only the first",
  "only",
  "just",
  "just the first",
  "just the top",
  "keep it to",
  "keep this to",
  "stop at",
  "show",
  "return",
  "take",
  "only take",
  "get",
].map((phrase) => phrase.split(" "));

const COUNTED =
  wordsOf(`results result hits contacts companies deals leads people records entries of them matches rows
  accounts prospects articles items links ones tops max maximum please pls only total in all at the most is are plenty enough will do fine would be should`);

const AFTER: readonly (readonly string[])[] = [
  "tops",
  "max",
  "maximum",
  "at most",
  "at the most",
  "only",
  "please",
  "is plenty",
  "is enough",
  "are plenty",
  "are enough",
  "will do",
  "is fine",
  "would do",
  "should do",
].map((phrase) => phrase.split(" "));

/** "limit 20", "(max 3 results)", "8 results tops", "up to 50", "ten is plenty". */
export function readLimit(source: Source, at: number): Read<number> | undefined {
  if (tokenAt(source, at).word === "(") {
    const inner = readLimit(source, at + 1);
    return inner !== undefined && tokenAt(source, inner.next).word === ")"
      ? { ...inner, next: inner.next + 1 }
      : undefined;
  }
  const start = longest(source, at, BEFORE);
  const sign = ["=", ":"].includes(tokenAt(source, start).word) ? 1 : 0;
  const number = readNumber(source, start + sign);
  if (number === undefined || !Number.isInteger(number.value)) return undefined;
  const counted = skipCounted(source, number.next);
  const after = longest(source, counted, AFTER);
  const isTold = start > at || after > counted || isOfThem(source, number.next, counted);
  return isTold ? { value: number.value, next: skipTail(source, after) } : undefined;
}

/** "25 of them" */
function isOfThem(source: Source, number: number, counted: number): boolean {
  return counted > number && isWord(tokenAt(source, counted - 1), "them", "those");
}

function longest(source: Source, at: number, phrases: readonly (readonly string[])[]): number {
  let end = at;
  for (const phrase of phrases) {
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

const NOUNS = wordsOf("results result hits records entries matches rows articles items links");

function skipTail(source: Source, at: number): number {
  return longest(source, at, AFTER);
}
