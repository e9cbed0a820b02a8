import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { isWord, type Read, type Source, tokenAt } from "../source.ts";
import type { Days, DaysRead } from "./days.ts";

const OF_MONTH = pattern("[day] [of|in] (each|every|the|a month / month)");
const ON_THE = pattern("[on|every|each] [the]");
const PLAIN_MONTH = [
  "monthly",
  "every|each month",
  "once a|per month",
  "at the start|beginning of every|each|the month",
].map(pattern);
const QUARTER = pattern(
  "([at|on] [the] start|beginning|first [day] of the|a|every|each quarter / every|each quarter / quarterly) [,] [on the first|1st] [day]",
);
const MONTHLY_FIRST = [
  `every|each month [,|:] on [the]`,
  "once a month [,|:] on [the]",
  "monthly [,|:] on [the]",
].map(pattern);

/** "on the 15th of each month", "every month on the 1st", "monthly". */
export function readMonthly(source: Source, at: number): Read<DaysRead> | undefined {
  return (
    readYearly(source, at) ??
    readMonthOn(source, at) ??
    readOnDay(source, at) ??
    readMonths(source, at) ??
    readPlainMonth(source, at)
  );
}

const MONTHS =
  "january february march april may june july august september october november december".split(
    " ",
  );
const YEARLY = pattern("[on] [(every|each year / yearly|annually|once a year)] [,] [on] [the]");
const EACH_YEAR = pattern("[,] (every|each year / yearly|annually)");
const OF = pattern("[of]");

/** "every year on March 15", "each 24th of December", "every January 1st": a day of the year that comes round. */
function readYearly(source: Source, at: number): Read<DaysRead> | undefined {
  const opened = matchAt(source, at, YEARLY)?.next ?? at;
  const isEach = isWord(tokenAt(source, opened), "every", "each");
  const date = readDate(source, isEach ? opened + 1 : opened);
  if (date === undefined) return undefined;
  const closed = matchAt(source, date.next, EACH_YEAR)?.next;
  const isRound = isEach || closed !== undefined || hasYear(source, at, opened);
  return isRound ? { value: { days: date.value }, next: closed ?? date.next } : undefined;
}

function hasYear(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++)
    if (isWord(tokenAt(source, at), "year", "yearly", "annually")) return true;
  return false;
}

function readDate(source: Source, at: number): Read<Days> | undefined {
  const first = monthOf(source, at);
  const start = isWord(tokenAt(source, first === undefined ? at : at + 1), "the") ? 1 : 0;
  const day = dayNumber(source, (first === undefined ? at : at + 1) + start);
  if (day === undefined) return undefined;
  const behind = matchAt(source, day.next, OF)?.next ?? day.next;
  const month = first ?? monthOf(source, behind);
  if (month === undefined) return undefined;
  const days: Days = { dayOfMonth: String(day.value), month: String(month), weekday: "*" };
  return { value: days, next: first === undefined ? behind + 1 : day.next };
}

function monthOf(source: Source, at: number): number | undefined {
  const { word, isCapital } = tokenAt(source, at);
  const month = MONTHS.findIndex(
    (name) => name === word || (isCapital && name.slice(0, 3) === word),
  );
  return month < 0 ? undefined : month + 1;
}

function dayNumber(source: Source, at: number): Read<number> | undefined {
  const { kind, value } = tokenAt(source, at);
  if (isWord(tokenAt(source, at), "first")) return { value: 1, next: at + 1 };
  const isDay = (kind === "ordinal" || kind === "number") && value >= 1 && value <= 31;
  return isDay ? { value, next: at + 1 } : undefined;
}

const EVERY_MONTHS = pattern("every|each <number> months [,] [on] [the] [first|1st] [day]");

/** "every 3 months", where that divides a year. */
function readMonths(source: Source, at: number): Read<DaysRead> | undefined {
  const match = matchAt(source, at, EVERY_MONTHS);
  const number = match?.captures.number ?? 0;
  if (match === undefined || ![2, 3, 4, 6].includes(number)) return undefined;
  const days: Days = { dayOfMonth: "1", month: `*/${number}`, weekday: "*" };
  return { value: { days }, next: match.next };
}

function readMonthOn(source: Source, at: number): Read<DaysRead> | undefined {
  const leading = matchFirst(source, at, MONTHLY_FIRST);
  const day = leading === undefined ? undefined : readDayOfMonth(source, leading.next);
  if (day === undefined) return undefined;
  return ofMonth(day.value, isWord(tokenAt(source, day.next), "day") ? day.next + 1 : day.next);
}

function readOnDay(source: Source, at: number): Read<DaysRead> | undefined {
  const day = readDayOfMonth(source, matchAt(source, at, ON_THE)?.next ?? at);
  const month = day === undefined ? undefined : matchAt(source, day.next, OF_MONTH);
  if (day === undefined) return undefined;
  if (month !== undefined) return ofMonth(day.value, month.next);
  return isBareDay(source, at, day.next) ? ofMonth(day.value, day.next) : undefined;
}

/** "On the 15th at noon, …": a day alone is one of every month. */
function isBareDay(source: Source, at: number, next: number): boolean {
  const isOn = isWord(tokenAt(source, at), "on") && isWord(tokenAt(source, at + 1), "the");
  return isOn && isWord(tokenAt(source, next), "at", ",", ":", "->", "");
}

function readPlainMonth(source: Source, at: number): Read<DaysRead> | undefined {
  const monthly = matchFirst(source, at, PLAIN_MONTH);
  if (monthly !== undefined) return ofMonth("1", monthly.next);
  const quarter = matchAt(source, at, QUARTER);
  if (quarter === undefined) return undefined;
  const days: Days = { dayOfMonth: "1", month: "1,4,7,10", weekday: "*" };
  return { value: { days }, next: quarter.next };
}

function ofMonth(dayOfMonth: string, next: number): Read<DaysRead> {
  return { value: { days: { dayOfMonth, weekday: "*" } }, next };
}

const DAY = pattern("day <number>");

function readDayOfMonth(source: Source, at: number): Read<string> | undefined {
  if (isWord(tokenAt(source, at), "first")) return { value: "1", next: at + 1 };
  const numbered = matchAt(source, at, DAY);
  const number = numbered?.captures.number ?? 0;
  if (numbered !== undefined && number >= 1 && number <= 31)
    return { value: String(number), next: numbered.next };
  const days: string[] = [];
  let next = at;
  for (let start = at; tokenAt(source, start).kind === "ordinal"; start = skipAnd(source, next)) {
    days.push(String(tokenAt(source, start).value));
    next = start + 1;
  }
  const isReal = days.length > 0 && days.every((day) => Number(day) >= 1 && Number(day) <= 31);
  return isReal ? { value: days.join(","), next } : undefined;
}

function skipAnd(source: Source, at: number): number {
  return matchAt(source, at, AND_THE)?.next ?? at;
}

const AND_THE = pattern("[,] [and|&|+] [on] [the]");
