import { readLapse, readPoint } from "../cadences.ts";
import { isWord, type Source, tokenAt, within, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";
import { isLineEnd, lineEnd, type Notation, putBefore } from "./edit.ts";

/**
 * "Email 2 (after 3 days): 'B'", "send 'B' (day 4)", "'B' email – day 4": when a step is done, beside it. The time goes in front of its step,
 * where sentences have it.
 */
export const writeTimes: Notation = (source) => {
  if (!source.tokens.some((token) => isWord(token, "(", "–", "-"))) return source.tokens;
  const written: Token[] = [];
  let start = 0;
  let at = 0;
  while (at < source.end) {
    const aside = readAside(source, at);
    if (aside === undefined || isDue(source, at, written.slice(start))) {
      const token = tokenAt(source, at);
      written.push(token);
      if (isParting(source, at)) start = written.length;
      at += 1;
      continue;
    }
    written.splice(start, 0, ...aside.time);
    at = aside.next;
  }
  return written;
};

const PARTING = wordsOf("; , | / -> then and");

/** A comma that takes no room, behind which a label may stand. */
function mark(place: Token): readonly Token[] {
  return putBefore(",", place);
}

/** "task: call Ann (in 2 days)" tells when it is due. */
function isDue(source: Source, at: number, step: readonly Token[]): boolean {
  const isIn = isWord(tokenAt(source, at + 1), "in");
  return isIn && step.some((token) => isWord(token, "task", "todo", "to-do", "reminder"));
}

/** Where the step begins that a time beside it belongs to. */
function isParting(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  if (token.kind === "quoted") return false;
  if (token.text === "\n" || PARTING.has(token.word)) return true;
  if (isWord(token, ".")) return tokenAt(source, at + 1).isApart;
  const isBullet =
    isWord(token, "-", "•", "*") && (at === 0 || tokenAt(source, at - 1).text === "\n");
  return isBullet || (isWord(token, ")") && tokenAt(source, at - 1).kind === "number");
}

interface Aside {
  readonly time: readonly Token[];
  readonly next: number;
}

const AT_ONCE = wordsOf("immediately instantly now directly straightaway");

function readAside(source: Source, at: number): Aside | undefined {
  return isWord(tokenAt(source, at), "–", "-") ? readDashed(source, at) : readBracketed(source, at);
}

const LONGEST_TIME = 5;

/** "'B' email – day 4", at the end of its line. */
function readDashed(source: Source, at: number): Aside | undefined {
  const end = lineEnd(source, at);
  const isBehind = at > 0 && !isLineEnd(source, at - 1) && tokenAt(source, at + 1).isApart;
  const place = source.tokens[at];
  if (!isBehind || place === undefined || end - at > LONGEST_TIME) return undefined;
  const first = lineStart(source, at);
  if (isNumbering(source, first, at) || !isTime(within(source, end), at + 1)) return undefined;
  return { time: [...source.tokens.slice(at + 1, end), ...mark(place)], next: end };
}

function lineStart(source: Source, at: number): number {
  let first = at;
  while (first > 0 && tokenAt(source, first - 1).text !== "\n") first -= 1;
  return first;
}

/** "Delay – 3 days" and "Step 2 – 3 days later" have nothing in front that the time could belong to. */
function isNumbering(source: Source, from: number, to: number): boolean {
  const isQuoted = source.tokens.slice(from, to).some(({ kind }) => kind === "quoted");
  return !isQuoted && to - from < 4;
}

/** "'B' (after 3 days)" */
function readBracketed(source: Source, at: number): Aside | undefined {
  if (!isWord(tokenAt(source, at), "(") || at === 0) return undefined;
  const close = [2, 3, 4, 5, 6]
    .map((length) => at + length)
    .find((end) => isWord(tokenAt(source, end), ")"));
  if (close === undefined || isLineEnd(source, at - 1)) return undefined;
  if (close === at + 2 && AT_ONCE.has(tokenAt(source, at + 1).word))
    return { time: [], next: close + 1 };
  const inside = within(source, close);
  if (!isTime(inside, at + 1)) return undefined;
  const said = source.tokens.slice(at + 1, close);
  return { time: [...said, ...mark(tokenAt(source, close))], next: close + 1 };
}

function isTime(inside: Source, at: number): boolean {
  const read = readLapse(inside, at) ?? readPoint(inside, at);
  return read !== undefined && read.next >= inside.end;
}
