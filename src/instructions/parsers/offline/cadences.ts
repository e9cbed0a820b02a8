import { matchAt, matchFirst, pattern } from "./pattern.ts";
import { readNumber } from "./readers/amounts.ts";
import { remembered } from "./remembered.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "./source.ts";
import { wordTable } from "./word-table.ts";

/**
 * When things are done: points of a cadence ("Day 3: …", "D+3", "wk 2", "T+2h", "… on day 4") and lapses, which count from the
 * step before ("2 days later", "after a week", "+3d"). Points are told in hours from the cadence's beginning.
 */

const HOURS: Readonly<Record<string, number>> = wordTable({
  h: 1,
  hr: 1,
  hrs: 1,
  hour: 1,
  hours: 1,
  d: 24,
  day: 24,
  days: 24,
  t: 24,
  w: 168,
  wk: 168,
  week: 168,
  month: 720,
});

const LABELS = wordsOf("email mail touch step message touchpoint stage call");
const AFTER_POINT = pattern("[\\)] [:|–|-|,|->|=]");

export interface Point {
  readonly hours: number;
  /** Told from the beginning on ("D+3"), not counted as the n-th day of it. */
  readonly isOffset: boolean;
  /** The unit that it was told in, where that is not days or hours. */
  readonly unit?: string;
}

/** "Day 3: …", "Email 2 (day 4) – …", "in week 2, …". */
export const readPoint = remembered(findPoint);

function findPoint(source: Source, at: number): Read<Point> | undefined {
  const labelled = skipLabel(source, at);
  const open = isWord(tokenAt(source, labelled), "(") ? labelled + 1 : labelled;
  const start = isWord(tokenAt(source, open), "on", "in", "by", "at") ? open + 1 : open;
  const point = readJoined(source, start) ?? readApart(source, start) ?? readInto(source, start);
  if (point === undefined) return undefined;
  return { value: point.value, next: matchAt(source, point.next, AFTER_POINT)?.next ?? point.next };
}

function skipLabel(source: Source, at: number): number {
  const isLabel = LABELS.has(tokenAt(source, at).word) && tokenAt(source, at + 1).kind === "number";
  if (!isLabel) return at;
  if (isWord(tokenAt(source, at + 2), "(") || UNITS.has(tokenAt(source, at + 2).word))
    return at + 2;
  return isWord(tokenAt(source, at + 2), "-", "–", ",", ":", "=") ? at + 3 : at;
}

const INTO = pattern("<duration> in ,|:");

/** "Two weeks in, …": from the beginning on. */
function readInto(source: Source, at: number): Read<Point> | undefined {
  const match = matchAt(source, at, INTO);
  const [, amount, unit] = /^P(\d+)([DW])$/.exec(match?.captures.duration ?? "") ?? [];
  if (match === undefined || amount === undefined) return undefined;
  const hours = Number(amount) * (unit === "W" ? 168 : 24);
  return { value: { hours, isOffset: true }, next: match.next };
}

/** "d3", "day3", "wk2". */
function readJoined(source: Source, at: number): Read<Point> | undefined {
  const { word, kind } = tokenAt(source, at);
  const [, unit = "", digits = ""] = /^(d|day|w|wk|week)(\d{1,3})$/.exec(word) ?? [];
  if (kind !== "word" || digits === "" || !isTold(source, at + 1)) return undefined;
  return { value: nth(Number(digits), HOURS[unit] ?? 0), next: at + 1 };
}

/** "day 3", "D+3", "T+2h", "week two". */
function readApart(source: Source, at: number): Read<Point> | undefined {
  const { word, kind } = tokenAt(source, at);
  const hours = HOURS[word];
  if (kind !== "word" || hours === undefined || !UNITS.has(word)) return undefined;
  return isWord(tokenAt(source, at + 1), "+")
    ? readOffset(source, at + 2, hours)
    : readNth(source, at + 1, hours, word === "day");
}

const UNITS = wordsOf("d day t w wk week month");

function nth(number: number, hours: number): Point {
  return { hours: (number - 1) * hours, isOffset: false };
}

/** From the beginning on. */
function readOffset(source: Source, at: number, hours: number): Read<Point> | undefined {
  const number = readNumber(source, at);
  if (number === undefined) return undefined;
  const unit = HOURS[tokenAt(source, number.next).word];
  const next = unit === undefined ? number.next : number.next + 1;
  return { value: { hours: number.value * (unit ?? hours), isOffset: true }, next };
}

/** The first is the beginning. */
function readNth(
  source: Source,
  at: number,
  hours: number,
  isWhole: boolean,
): Read<Point> | undefined {
  const number = readNumber(source, at);
  if (number === undefined || !(isWhole || isTold(source, number.next))) return undefined;
  const point = nth(number.value, hours);
  const value = hours === MONTH ? { ...point, unit: "month" } : point;
  return { value, next: number.next };
}

/** Short forms are points only where something marks them off. */
function isTold(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  return (
    token.word === "" ||
    isWord(token, ":", "->", "–", "-", ",", "=", ")", "(", ";") ||
    token.isApart
  );
}

const ORDINAL =
  "([the] first|second|third|fourth|fifth|next|last|final email|message|touch|mail|step ,|:|\\(|– / email|message|touch|touchpoint|mail|step <number> ,|:|\\(|–|-)";
const LAPSES = [
  "[on] [the] next|following day|week|month|morning [,]",
  "[on] the day|week|month after [that|this|which] [,]",
  "[exactly|about|just|then] <duration> on ,",
  "+ <duration>",
  `[${ORDINAL}] [exactly|about|just|then] <duration> later|afterwards|afterward|on|hence [on] [\\)] [:|–|-]`,
  `[${ORDINAL}] [exactly|about|just|then] <duration> after that|this|which|then [\\)] [:|–|-]`,
  "[exactly|about|just|then] [only] after|in|following [waiting] <duration> [from|have|has|of] [time] [then|now|passed|passes|pass|elapsed|gone] [by]",
  "once|when|after <duration> has|have|is|are passed|elapsed|gone|up|over [by]",
  "once|when|after <duration> passes|pass|goes|go|elapses [by]",
].map(pattern);

/** How long after the step before: "2 days later", "after another week", "+3d". */
export function readLapse(source: Source, at: number): Read<string> | undefined {
  const match = matchFirst(source, at, LAPSES);
  if (match === undefined) return undefined;
  const value = match.captures.duration ?? unitOf(source, at, match.next);
  return value === undefined ? undefined : { value, next: match.next };
}

const ONE: Readonly<Record<string, string>> = wordTable({
  day: "P1D",
  morning: "P1D",
  week: "P1W",
  month: "P1M",
});

/** "the next day", "the week after" */
function unitOf(source: Source, from: number, to: number): string | undefined {
  for (let at = from; at < to; at++) {
    const one = ONE[tokenAt(source, at).word];
    if (one !== undefined) return one;
  }
  return undefined;
}

const MONTH = 720;

/** A wait of so many hours, in the unit that says it shortest. */
export function durationOf(hours: number, unit?: string): string {
  if (unit === "month" && Number.isInteger(hours / MONTH)) return `P${hours / MONTH}M`;
  return Number.isInteger(hours / 24) ? `P${hours / 24}D` : `PT${hours}H`;
}
