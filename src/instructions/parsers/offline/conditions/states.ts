import { readText } from "../readers/values.ts";
import { isWord, type Read, slice, type Source, tokenAt, wordsOf } from "../source.ts";

/** Statuses and stages, whose names may begin with a small word or go on behind one: "in review", "Lost to Competitor". */

export function isState(field: string): boolean {
  return /(?:status|stage)$/i.test(field);
}

const LONGEST = 3;
const ENDS = wordsOf(", . ; : -> ? ) and or then but");
const NO_WORD = wordsOf("the a an any one of these those our their this that first last next past");

export function readState(source: Source, at: number): Read<string> | undefined {
  return readSmall(source, at) ?? readLong(source, at);
}

/** "in review", "on hold", "under review": small words to where something else begins. */
function readSmall(source: Source, at: number): Read<string> | undefined {
  const first = tokenAt(source, at);
  if (first.isCapital || !isWord(first, "in", "on", "under", "at")) return undefined;
  let next = at + 1;
  while (next <= at + LONGEST && isSmall(source, next)) next += 1;
  const { word } = tokenAt(source, next);
  const isWhole = next > at + 1 && (word === "" || ENDS.has(word)) && isClosed(source, next);
  return isWhole ? take(source, at, next) : undefined;
}

function isSmall(source: Source, at: number): boolean {
  const { word, kind, isCapital } = tokenAt(source, at);
  return kind === "word" && !isCapital && !NO_WORD.has(word) && !ENDS.has(word);
}

/** "in new, open" is a list; behind a joint another state begins as this one did, or something that no list goes on with. */
function isClosed(source: Source, at: number): boolean {
  if (!isWord(tokenAt(source, at), "or", ",")) return true;
  const after = tokenAt(source, at + 1);
  return (
    after.isCapital || isWord(after, "in", "on", "under", "at", "or") || !isPlain(source, at + 1)
  );
}

function isPlain(source: Source, at: number): boolean {
  const { kind } = tokenAt(source, at);
  const { word } = tokenAt(source, at + 1);
  return kind === "word" && (word === "" || ENDS.has(word));
}

/** "Lost to Competitor" */
function readLong(source: Source, at: number): Read<string> | undefined {
  const first = tokenAt(source, at).isCapital ? readText(source, at) : undefined;
  if (first === undefined || !isWord(tokenAt(source, first.next), "to", "by")) return undefined;
  const rest = tokenAt(source, first.next + 1).isCapital
    ? readText(source, first.next + 1)
    : undefined;
  return rest === undefined ? undefined : take(source, at, rest.next);
}

function take(source: Source, from: number, to: number): Read<string> {
  return { value: slice(source, from, to), next: to };
}
