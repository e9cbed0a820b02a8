import type { Trigger } from "#domain/plan.ts";

import { isStart } from "../links.ts";
import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { readNumber } from "../readers/amounts.ts";
import { readTimeOfDay } from "../readers/times.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { readCron } from "./cron.ts";
import { type DaysRead, isOnce, readDays, readLeft, skipEachWeek } from "./days.ts";

/** A schedule, or why cron cannot carry it. */
export type Scheduled = { readonly trigger: Trigger } | { readonly reason: string };

const NINE = 9 * 60;

export function readSchedule(source: Source, at: number): Read<Scheduled> | undefined {
  const start = matchAt(source, at, RUN)?.next ?? at;
  return (
    readCron(source, at) ??
    readTwice(source, start) ??
    readImpossible(source, start) ??
    readInterval(source, start) ??
    readDaysAndTime(source, start)
  );
}

const RUN = pattern(
  "[and] [please] run|do|repeat|execute|schedule|trigger|start|kick [off] [all|this|it|that|the] [of] [this|it|that|agent|workflow|whole|thing|automation] [workflow|thing|off] [to] [run]",
);

const IMPOSSIBLE = [
  "every other|second|third|fourth week|month|day|monday|tuesday|wednesday|thursday|friday",
  "every two|2|three|3|four|4|six|6 weeks",
  "[on] every|each first|last|second|third|fourth monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekday [of|in] [each|every|the] [month]",
  "every|each fortnight",
  "twice|thrice a|every|each|per day|week|month|year",
  "twice|thrice daily|weekly|monthly|yearly",
  "<number> times a|every|each|per day|week|month|year",
  "biweekly|fortnightly|bi-weekly",
  "[on] the first|last|second|third|fourth monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekday|business|working [day] of [each|every|the] month",
  "[on] the last [working|business] day of [each|every|the] month",
  "every|each|at|on sunrise|sunset|sundown|dawn|dusk|lunchtime|eclipse|leap|blue|full moon|year|time",
].map(pattern);

function readImpossible(source: Source, at: number): Read<Scheduled> | undefined {
  const match = matchFirst(source, at, IMPOSSIBLE);
  return match === undefined
    ? undefined
    : {
        value: {
          reason:
            "A schedule like this cannot be carried by a calendar of minutes, days and weekdays",
        },
        next: match.next,
      };
}

const TWICE = pattern("twice a|each|every|per month [,|:|–]");

/** "Twice a month, on the 1st and the 15th" */
function readTwice(source: Source, at: number): Read<Scheduled> | undefined {
  const on = matchAt(source, at, TWICE)?.next;
  const days = on === undefined ? undefined : readDays(source, on);
  const isTwo = days?.value.days.dayOfMonth.split(",").length === 2;
  return on !== undefined && isTwo ? readDaysAndTime(source, on) : undefined;
}

const HOURLY = pattern("([once] every|each|per hour|hourly / once an hour)");
const HALF_HOURLY = ["every|each half [an] hour", "every|each half-hour", "half-hourly"].map(
  pattern,
);
const QUARTER_HOURLY = ["every|each quarter of an|the hour", "every|each quarter hour"].map(
  pattern,
);
const EVERY = pattern("every|each");

const FRACTIONS = [
  { phrases: HALF_HOURLY, minutes: 30 },
  { phrases: QUARTER_HOURLY, minutes: 15 },
];

/** What an interval begins with: asked first, since most words begin none. */
const INTERVALS = wordsOf("every each once per hourly half-hourly");

/** "every hour", "every 6 hours", "every 15 minutes". */
function readInterval(source: Source, at: number): Read<Scheduled> | undefined {
  if (!INTERVALS.has(tokenAt(source, at).word)) return undefined;
  const isHourly = isWord(tokenAt(source, at), "hourly");
  const hourly = isHourly ? at + 1 : matchAt(source, at, HOURLY)?.next;
  if (hourly !== undefined) return readHourly(source, hourly);
  for (const { phrases, minutes } of FRACTIONS) {
    const fraction = matchFirst(source, at, phrases);
    if (fraction !== undefined) return cron(`*/${minutes} * * * *`, fraction.next);
  }
  const every = matchAt(source, at, EVERY);
  const number = every === undefined ? undefined : readNumber(source, every.next);
  return number === undefined ? undefined : readEvery(source, number);
}

function readEvery(source: Source, { value, next }: Read<number>): Read<Scheduled> | undefined {
  const { word } = tokenAt(source, next);
  if (/^days?$/.test(word)) return readEveryDays(source, value, next + 1);
  const office = readOffice(source, next + 1);
  const { hours, days } = office.value;
  if (/^(?:hours?|hrs?|h)$/.test(word)) {
    const all = hours === "*" ? `*/${value}` : `${hours}/${value}`;
    return interval(value, 24, `0 ${all} * * ${days}`, office.next);
  }
  return /^min(?:ute)?s?$/.test(word)
    ? interval(value, 60, `*/${value} ${hours} * * ${days}`, office.next)
    : undefined;
}

const OFFICE = pattern("[,] between|from <time> and|to|until|till|-|–");

interface Office {
  readonly hours: string;
  readonly days: string;
}

/** "… between 9 and 17 on weekdays", in either order. */
function readOffice(source: Source, at: number): Read<Office> {
  const before = readOnDays(source, at);
  const hours = readHoursOfDay(source, before.next);
  const days = before.next > at ? before : readOnDays(source, hours.next);
  return {
    value: { hours: hours.value, days: days.value },
    next: Math.max(hours.next, days.next),
  };
}

function readHourly(source: Source, at: number): Read<Scheduled> {
  const { value, next } = readOffice(source, at);
  return cron(`0 ${value.hours} * * ${value.days}`, next);
}

function readHoursOfDay(source: Source, at: number): Read<string> {
  const from = matchAt(source, at, OFFICE);
  const until = from === undefined ? undefined : readTimeOfDay(source, from.next);
  if (until === undefined) return { value: "*", next: at };
  const first = hourOf(from?.captures.time);
  const last = hourOf(until.value);
  return { value: `${first}-${last <= first && last < 12 ? last + 12 : last}`, next: until.next };
}

function readOnDays(source: Source, at: number): Read<string> {
  const start = skipComma(source, at);
  const isDays = isWord(tokenAt(source, start), "on", "weekdays", "weekday", "every");
  const days = isDays ? readDays(source, start) : undefined;
  if (days === undefined) return { value: "*", next: at };
  return { value: days.value.days.weekday, next: days.next };
}

function hourOf(minutes = 0): number {
  return Math.floor(minutes / 60);
}

function readEveryDays(source: Source, days: number, next: number): Read<Scheduled> {
  const time = readAtTime(source, next);
  return interval(days, 28, `${clock(time?.value ?? NINE)} */${days} * *`, time?.next ?? next);
}

/** Only what divides the whole comes round evenly. */
function interval(value: number, whole: number, expression: string, next: number): Read<Scheduled> {
  const isEven =
    Number.isInteger(value) && value > 0 && value < whole && (whole === 28 || whole % value === 0);
  if (isEven) return cron(expression, next);
  return {
    value: { reason: `Every ${value} does not divide a ${whole === 24 ? "day" : "span"} evenly` },
    next,
  };
}

function cron(expression: string, next: number): Read<Scheduled> {
  return { value: { trigger: { type: "schedule", cron: expression } }, next };
}

function clock(minutes: number): string {
  return `${minutes % 60} ${Math.floor(minutes / 60)}`;
}

const AT = pattern("[,] [at|by|around|@] [exactly|about]");

function readAtTime(source: Source, at: number): Read<number> | undefined {
  const open = matchAt(source, at, AT);
  const start = open?.next ?? at;
  const time = readTimeOfDay(source, start);
  if (time === undefined) return undefined;
  const isBare = tokenAt(source, start).kind === "number" && start === at;
  return isBare && time.next === start + 1 ? undefined : time;
}

/** The days, then the time, or the other way round: "every Monday at 8", "at 9 AM every day", "weekdays 7:45". */
function readDaysAndTime(source: Source, at: number): Read<Scheduled> | undefined {
  const before = readAtTime(source, at);
  const start = before === undefined ? at : skipComma(source, before.next);
  const days = readDays(source, start);
  if (days === undefined) return undefined;
  const time = timeOf(source, days, before?.value);
  const round = skipEachWeek(source, time.next);
  const isRound = round > time.next || !isOnce(source, start);
  if (!isRound) return { value: { reason: ONE_DAY }, next: time.next };
  const hours = readHours(source, round, time.value);
  if (hours === undefined) return { value: { reason: ONE_MINUTE }, next: time.next };
  const { dayOfMonth, month = "*", weekday } = days.value.days;
  const left = readLeft(source, hours.next, weekday);
  return cron(`${hours.value} ${dayOfMonth} ${month} ${left.value}`, left.next);
}

/** The time that stands before or behind the days, or that the words suggest. */
function timeOf(source: Source, { value, next }: Read<DaysRead>, before?: number): Read<number> {
  const after = before === undefined ? readAtTime(source, next) : undefined;
  const time = after ?? { value: before ?? value.usual ?? NINE, next };
  const isLate = isAfternoon(source, time.next, time.value, value.usual);
  return isLate ? { ...time, value: time.value + NOON } : time;
}

const ONE_DAY =
  "A schedule comes round, and one day alone does not: say every Friday, or wait so many days";
const ONE_MINUTE = "Times of one schedule must agree in their minutes, such as 9:30 and 15:30";
const NOON = 12 * 60;
/** Before it a clock's hour at night is one after midnight. */
const EARLIEST_EVENING = 5 * 60;

/** "every evening at 7": the part of the day tells which half the hour lies in. */
function isAfternoon(source: Source, next: number, time: number, usual = 0): boolean {
  if (usual < NOON || time >= NOON || time < EARLIEST_EVENING) return false;
  return !isWord(tokenAt(source, next - 1), "am", "a.m", "a.m.");
}

function skipComma(source: Source, at: number): number {
  return isWord(tokenAt(source, at), ",") ? at + 1 : at;
}

const AND_TIME = pattern("[,] and|&|+|, [at] <time>");

/** Cron's minutes and hours; "at 9, 12 and 17" are three hours, where their minutes agree. */
function readHours(source: Source, at: number, time: number): Read<string> | undefined {
  const hours = [Math.floor(time / 60)];
  let next = at;
  for (
    let more = matchAt(source, at, AND_TIME);
    more !== undefined;
    more = matchAt(source, next, AND_TIME)
  ) {
    const other = more.captures.time ?? time;
    const isTime =
      tokenAt(source, more.next - 1).kind !== "number" || !isStart(source, more.next - 1);
    if (!isTime) break;
    if (other % 60 !== time % 60) return undefined;
    hours.push(Math.floor(other / 60));
    ({ next } = more);
  }
  return { value: `${time % 60} ${hours.join(",")}`, next };
}
