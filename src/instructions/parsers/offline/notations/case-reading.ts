import { readCondition } from "../conditions/expression.ts";
import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { isWord, type Source, tokenAt, within, wordsOf } from "../source.ts";
import { isLineEnd } from "./edit.ts";
import { readLabel } from "./label-reading.ts";

/** Cases as they are written: behind the field that is looked at, or explained in parentheses. */

export interface Head {
  readonly at: number;
  /** Where the field stands that is looked at. */
  readonly from: number;
  readonly to: number;
  readonly next: number;
}

const HEADS = [
  "switch|branch|route|split|match [on|by|over|\\(|for] [the|their|its]",
  "depending|based on [the|their|its]",
  "by",
].map(pattern);
const FIELD = pattern("[contact|deal|company ['s]] <known>");
const BEHIND = pattern("[\\)] :|,|{");
const CLOSED = pattern("[\\)]");

export function readHead(source: Source): Head | undefined {
  for (let at = 0; at < source.end; at++) {
    if (at > 0 && !isOpening(source, at)) continue;
    const words = matchFirst(source, at, HEADS);
    if (words === undefined) continue;
    const from = words.next;
    const isPath = /^(?:contact|deal|company|form)\.\w/.test(tokenAt(source, from).text);
    const to = isPath ? from + 1 : matchAt(source, from, FIELD)?.next;
    const next = to === undefined ? undefined : behind(source, to);
    if (to !== undefined && next !== undefined) return { at, from, to, next };
  }
  return undefined;
}

function behind(source: Source, at: number): number | undefined {
  const marked = matchAt(source, at, BEHIND)?.next;
  if (marked !== undefined) return marked;
  const closed = matchAt(source, at, CLOSED)?.next ?? at;
  return isLineEnd(source, closed) ? closed : undefined;
}

function isOpening(source: Source, at: number): boolean {
  const before = tokenAt(source, at - 1);
  return source.tokens[at - 1]?.text === "\n" || isWord(before, ".", ",", ":", ";", "then", "->");
}

export interface Case {
  readonly at: number;
  readonly isOthers: boolean;
  /** What it is asked for. */
  readonly from: number;
  readonly to: number;
  /** The arrow or colon behind it, and where what is done ends. */
  readonly mark: number;
  readonly end: number;
}

const CASE = pattern("[case|when|if] [=|==|is]");
const OTHERS = pattern(
  "(default / otherwise / else / everything|everyone|anything|anyone|all else / [all] others / [all] the rest / other)",
);
const LONGEST_VALUE = 6;

/** Cases of a value each, to the first that is none. */
export function readCases(source: Source, from: number): readonly Case[] {
  const cases: Case[] = [];
  for (let at = skipMarks(source, from); at < source.end;) {
    const one = readOthers(source, at) ?? readValue(source, at);
    if (one === undefined) break;
    cases.push(one);
    at = skipMarks(source, one.end);
  }
  return cases;
}

/** "default → …", "otherwise stop" */
function readOthers(source: Source, at: number): Case | undefined {
  const to = matchAt(source, at, OTHERS)?.next;
  if (to === undefined) return undefined;
  const from = isMark(source, to) ? to + 1 : to;
  return { at, isOthers: true, from: at, to, mark: from - 1, end: endOf(source, from) };
}

/** "case Germany: …", "Demo → …" */
function readValue(source: Source, at: number): Case | undefined {
  const from = matchAt(source, at, CASE)?.next ?? at;
  const mark = markOf(source, from);
  if (mark === undefined) return undefined;
  return { at, isOthers: false, from, to: mark, mark, end: endOf(source, mark + 1) };
}

function isMark(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "->", ":");
}

function markOf(source: Source, from: number): number | undefined {
  for (let at = from + 1; at <= from + LONGEST_VALUE; at++) {
    if (isMark(source, at)) return at;
    if (isLineEnd(source, at) || isWord(tokenAt(source, at), ".", ";", ",")) return undefined;
  }
  return undefined;
}

/** A case ends with its line, at a semicolon, or in front of the next value with its mark. */
function endOf(source: Source, from: number): number {
  for (let at = from; at < source.end; at++) {
    if (isLineEnd(source, at) || isWord(tokenAt(source, at), ";")) return at;
    if (!isWord(tokenAt(source, at), ",", ".")) continue;
    const isNext = matchAt(source, at + 1, OTHERS) !== undefined || isValue(source, at + 1);
    if (isNext) return at;
  }
  return source.end;
}

/** "Active → …" */
function isValue(source: Source, at: number): boolean {
  const { kind, isCapital } = tokenAt(source, at);
  const isName = kind === "quoted" || kind === "number" || isCapital;
  const mark = isName ? markOf(source, at) : undefined;
  return mark !== undefined && isWord(tokenAt(source, mark), "->");
}

function skipMarks(source: Source, at: number): number {
  let next = at;
  while (next < source.end && isPassed(source, next)) next += 1;
  return next;
}

function isPassed(source: Source, at: number): boolean {
  return (
    isLineEnd(source, at) || isWord(tokenAt(source, at), ";", ",", ".", "-", "•", "*", "{", "}")
  );
}

/** "Hot leads (score > 80): …": words of one's own, and in parentheses what they mean. */
export function readExplained(source: Source, from: number): readonly Case[] {
  if (!source.tokens.some((token) => isWord(token, "("))) return [];
  const cases: Case[] = [];
  for (let at = from; at < source.end; at++) {
    if (at > 0 && !isOpening(source, at) && !isWord(tokenAt(source, at - 1), "-", "•", "*"))
      continue;
    const one = readMeant(source, at) ?? (cases.length > 0 ? readRest(source, at) : undefined);
    if (one !== undefined) cases.push(one);
  }
  return cases.map((one, index) => ({
    ...one,
    end: endBefore(source, cases[index + 1]?.at) ?? lastEnd(source, one),
  }));
}

/** Without the line's end and the bullet in front of the next. */
function endBefore(source: Source, next: number | undefined): number | undefined {
  let end = next;
  while (end !== undefined && isPassed(source, end - 1)) end -= 1;
  return end;
}

function lastEnd(source: Source, { mark }: Case): number {
  let end = mark + 1;
  while (!isLineEnd(source, end) && !isWord(tokenAt(source, end), ".")) end += 1;
  return end;
}

function readMeant(source: Source, at: number): Case | undefined {
  const open = readLabel(source, at) === undefined ? nameEnd(source, at) : at;
  if (open === at || !isWord(tokenAt(source, open), "(")) return undefined;
  const close = closeOf(source, open);
  const said = readCondition(within(source, close), open + 1, { subject: "contact" });
  if (said?.next !== close || !isMark(source, close + 1)) return undefined;
  return { at, isOthers: false, from: open + 1, to: close, mark: close + 1, end: close + 1 };
}

function nameEnd(source: Source, from: number): number {
  let end = from;
  while (end < from + LONGEST_VALUE && isNamePart(source, end)) end += 1;
  return end;
}

function closeOf(source: Source, open: number): number {
  let close = open;
  while (!isLineEnd(source, close) && !isWord(tokenAt(source, close), ")")) close += 1;
  return close;
}

const ASKING = wordsOf(
  "if unless when whenever once while not and or else elif otherwise where for then",
);

function isNamePart(source: Source, at: number): boolean {
  const { kind, word } = tokenAt(source, at);
  return kind === "word" && !ASKING.has(word);
}

function readRest(source: Source, at: number): Case | undefined {
  const mark = matchAt(source, at, OTHERS)?.next;
  if (mark === undefined || !isMark(source, mark)) return undefined;
  return { at, isOthers: true, from: at, to: mark, mark, end: mark };
}
