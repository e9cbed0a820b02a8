import type { Trigger } from "#domain/plan.ts";

import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { readNumber } from "../readers/amounts.ts";
import { readTimeOfDay } from "../readers/times.ts";
import { isWord, type Read, type Source, tokenAt } from "../source.ts";
import { readCron } from "./cron.ts";
import { readDays, skipEachWeek } from "./days.ts";

/** A schedule, or why cron cannot carry it. */
export type Scheduled = { readonly trigger: Trigger } | { readonly reason: string };

const NINE = 9 * 60;

export function readSchedule(source: Source, at: number): Read<Scheduled> | undefined {
  const start = matchAt(source, at, RUN)?.next ?? at;
  return (
    readCron(source, at) ??
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

const HOURLY = pattern("[once] every|each|an|per hour|hourly");
const HALF_HOURLY = ["every|each half [an] hour", "every|each half-hour", "half-hourly"].map(
  pattern,
);
const EVERY = pattern("every|each");

/** "every hour", "every 6 hours", "every 15 minutes". */
function readInterval(source: Source, at: number): Read<Scheduled> | undefined {
  const hourly = isWord(tokenAt(source, at), "hourly")
    ? { next: at + 1 }
    : matchAt(source, at, HOURLY);
  if (hourly !== undefined) return readHourly(source, hourly.next);
  const half = matchFirst(source, at, HALF_HOURLY);
  if (half !== undefined) return cron("*/30 * * * *", half.next);
  const every = matchAt(source, at, EVERY);
  const number = every === undefined ? undefined : readNumber(source, every.next);
  if (number === undefined) return undefined;
  const { word } = tokenAt(source, number.next);
  const { value } = number;
  if (/^(?:hours?|hrs?|h)$/.test(word))
    return interval(value, 24, `0 */${value} * * *`, number.next + 1);
  if (/^min(?:ute)?s?$/.test(word))
    return interval(value, 60, `*/${value} * * * *`, number.next + 1);
  if (/^days?$/.test(word)) return readEveryDays(source, value, number.next + 1);
  return undefined;
}

const OFFICE = pattern("[,] between|from <time> and|to|until|till|-|–");

/** "every hour between 9 and 17 on weekdays", in either order. */
function readHourly(source: Source, at: number): Read<Scheduled> {
  const before = readOnDays(source, at);
  const hours = readHoursOfDay(source, before.next);
  const days = before.next > at ? before : readOnDays(source, hours.next);
  return cron(`0 ${hours.value} * * ${days.value}`, Math.max(hours.next, days.next));
}

function readHoursOfDay(source: Source, at: number): Read<string> {
  const from = matchAt(source, at, OFFICE);
  const until = from === undefined ? undefined : readTimeOfDay(source, from.next);
  if (until === undefined) return { value: "*", next: at };
  return { value: `${hourOf(from?.captures.time)}-${hourOf(until.value)}`, next: until.next };
}

function readOnDays(source: Source, at: number): Read<string> {
  const start = skipComma(source, at);
  const days = isWord(tokenAt(source, start), "on") ? readDays(source, start) : undefined;
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
  const days = readDays(source, before === undefined ? at : skipComma(source, before.next));
  if (days === undefined) return undefined;
  const after = before === undefined ? readAtTime(source, days.next) : undefined;
  const time = after ?? { value: before?.value ?? days.value.usual ?? NINE, next: days.next };
  const isLate = isAfternoon(source, time.next, time.value, days.value.usual);
  const hours = readHours(
    source,
    skipEachWeek(source, time.next),
    isLate ? time.value + NOON : time.value,
  );
  const { dayOfMonth, month = "*", weekday } = days.value.days;
  return cron(`${hours.value} ${dayOfMonth} ${month} ${weekday}`, hours.next);
}

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

const AND_TIME = pattern("and|&|+ [at] <time>");

/** Cron's minutes and hours; "at 9 and 17" are two hours when their minutes agree. */
function readHours(source: Source, at: number, time: number): Read<string> {
  const second = matchAt(source, at, AND_TIME);
  const other = second?.captures.time;
  if (second === undefined || other === undefined || other % 60 !== time % 60) {
    return { value: clock(time), next: at };
  }
  return { value: `${clock(time)},${Math.floor(other / 60)}`, next: second.next };
}
