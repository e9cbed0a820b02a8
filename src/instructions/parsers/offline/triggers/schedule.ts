import type { Trigger } from "#domain/plan.ts";

import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { readNumber, readTimeOfDay } from "../readers/amounts.ts";
import { isWord, type Read, type Source, tokenAt } from "../source.ts";

/** A schedule, or why cron cannot carry it. */
export type Scheduled = { readonly trigger: Trigger } | { readonly reason: string };

interface Days {
  readonly dayOfMonth: string;
  readonly month?: string;
  readonly weekday: string;
}

const DAY_NAMES = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const SHORT_DAYS: readonly (readonly string[])[] = [
  ["sun"],
  ["mon"],
  ["tue", "tues"],
  ["wed", "weds"],
  ["thu", "thur", "thurs"],
  ["fri"],
  ["sat"],
];

const NINE = 9 * 60;

export function readSchedule(source: Source, at: number): Read<Scheduled> | undefined {
  const start = matchAt(source, at, RUN)?.next ?? at;
  return (
    readImpossible(source, start) ?? readInterval(source, start) ?? readDaysAndTime(source, start)
  );
}

const RUN = pattern(
  "[and] [please] run|do|repeat|execute|schedule|trigger|start|kick [off] [all|this|it|that|the] [of] [this|it|that|agent|workflow|whole|thing|automation] [workflow|thing|off] [to] [run]",
);

const IMPOSSIBLE = [
  "every other|second|third|fourth week|month|day|monday|tuesday|wednesday|thursday|friday",
  "every two|2|three|3|four|4|six|6 weeks",
  "every|each fortnight",
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
const EVERY = pattern("every|each");

/** "every hour", "every 6 hours", "every 15 minutes". */
function readInterval(source: Source, at: number): Read<Scheduled> | undefined {
  const hourly = isWord(tokenAt(source, at), "hourly")
    ? { next: at + 1 }
    : matchAt(source, at, HOURLY);
  if (hourly !== undefined) return cron("0 * * * *", hourly.next);
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
  const first = readAtTime(source, at);
  const start = first === undefined ? at : skipOn(source, first.next);
  const days = readDays(source, start);
  if (days === undefined) return undefined;
  const isTimed = first !== undefined || days.value.time !== undefined;
  const after = isTimed ? undefined : readAtTime(source, days.next);
  const time = first?.value ?? days.value.time ?? after?.value ?? days.value.usual ?? NINE;
  const second =
    after === undefined ? undefined : matchAt(source, after.next, pattern("and [at] <time>"));
  const { dayOfMonth, month = "*", weekday } = days.value.days;
  if (second?.captures.time !== undefined) {
    const both = twoTimes(time, second.captures.time);
    if (both !== undefined) return cron(`${both} ${dayOfMonth} ${month} ${weekday}`, second.next);
  }
  return cron(`${clock(time)} ${dayOfMonth} ${month} ${weekday}`, after?.next ?? days.next);
}

function twoTimes(first: number, second: number): string | undefined {
  if (first % 60 !== second % 60) return undefined;
  return `${first % 60} ${Math.floor(first / 60)},${Math.floor(second / 60)}`;
}

function skipOn(source: Source, at: number): number {
  return isWord(tokenAt(source, at), "on", ",") ? at + 1 : at;
}

interface DaysRead {
  readonly days: Days;
  /** A time that stands inside, and the one that the words suggest. */
  readonly time?: number;
  readonly usual?: number;
}

const EVERY_DAY: Days = { dayOfMonth: "*", weekday: "*" };

function readDays(source: Source, at: number): Read<DaysRead> | undefined {
  return readMonthly(source, at) ?? readDaily(source, at) ?? readWeekdays(source, at);
}

const DAILY = [
  "every|each [single] day|morning|afternoon|evening|night",
  "daily|everyday|nightly",
  "once a|per day",
  "every|each [single] calendar day",
].map(pattern);
const USUAL: Readonly<Record<string, number>> = {
  afternoon: 14 * 60,
  evening: 18 * 60,
  night: 20 * 60,
  nightly: 20 * 60,
};

function readDaily(source: Source, at: number): Read<DaysRead> | undefined {
  const match = matchFirst(source, at, DAILY);
  if (match === undefined) return undefined;
  const usual = USUAL[tokenAt(source, match.next - 1).word];
  return {
    value: usual === undefined ? { days: EVERY_DAY } : { days: EVERY_DAY, usual },
    next: match.next,
  };
}

const WORKDAYS = [
  "[on|every|each|all|only] weekdays|weekday|workdays|workday|workday",
  "[on|every|each|all] business|working|work days|day",
  "every|each working|business|work day",
].map(pattern);
const WEEKENDS = ["[on|every|each|at] [the] weekends|weekend"].map(pattern);
const RANGE = pattern("[on|every|each|from]");

function readWeekdays(source: Source, at: number): Read<DaysRead> | undefined {
  const workdays = matchFirst(source, at, WORKDAYS);
  if (workdays !== undefined) return ofWeek("1-5", skipMorning(source, workdays.next));
  const weekends = matchFirst(source, at, WEEKENDS);
  if (weekends !== undefined) return ofWeek("0,6", weekends.next);
  const once = matchAt(source, at, pattern("[once] every|each|a|per week|weekly [on]"));
  const weekly = isWord(tokenAt(source, at), "weekly") ? { next: skipOn(source, at + 1) } : once;
  const start = weekly?.next ?? matchAt(source, at, RANGE)?.next ?? at;
  const first = readDay(source, skipOn(source, start));
  if (first === undefined) return weekly === undefined ? undefined : ofWeek("1", weekly.next);
  const hasSign = start > at || tokenAt(source, first.next - 1).word.endsWith("s");
  const rest = readDayRange(source, first) ?? readDayList(source, first);
  const isTimed = readAtTime(source, rest.next) !== undefined;
  return hasSign || isTimed || rest.next > first.next
    ? ofWeek(rest.value, skipMorning(source, rest.next))
    : undefined;
}

function skipMorning(source: Source, at: number): number {
  return isWord(tokenAt(source, at), "morning", "mornings", "night", "nights", "evening", "evenings", "afternoon", "afternoons") ? at + 1 : at;
}

function ofWeek(weekday: string, next: number): Read<DaysRead> {
  return { value: { days: { dayOfMonth: "*", weekday } }, next };
}

function readDay(source: Source, at: number): Read<number> | undefined {
  const { word, kind } = tokenAt(source, at);
  if (kind !== "word") return undefined;
  const name = word.replace(/s$/, "");
  const index = DAY_NAMES.findIndex(
    (day, number) => day === name || (SHORT_DAYS[number] ?? []).includes(word),
  );
  return index < 0 ? undefined : { value: index, next: at + 1 };
}

function readDayRange(source: Source, first: Read<number>): Read<string> | undefined {
  const to = matchAt(source, first.next, pattern("to|through|thru|until|till|-|–"));
  const last = to === undefined ? undefined : readDay(source, to.next);
  return last === undefined
    ? undefined
    : { value: `${first.value}-${last.value}`, next: last.next };
}

function readDayList(source: Source, first: Read<number>): Read<string> {
  const days = new Set([first.value]);
  let { next } = first;
  for (;;) {
    const joint = matchAt(source, next, pattern("[,] [and|&|/|,] [on|every]"));
    const day =
      joint === undefined || joint.next === next ? undefined : readDay(source, joint.next);
    if (day === undefined) return { value: [...days].sort((a, b) => a - b).join(","), next };
    days.add(day.value);
    ({ next } = day);
  }
}

const MONTH = "[day] [of|in] (each|every|the|a month / month)";
const MONTHLY_FIRST = [
  `every|each month on the`,
  "once a month on the",
  "monthly on the",
  "every month ,|: on the",
].map(pattern);

/** "on the 15th of each month", "every month on the 1st", "monthly". */
function readMonthly(source: Source, at: number): Read<DaysRead> | undefined {
  const leading = matchFirst(source, at, MONTHLY_FIRST);
  if (leading !== undefined) {
    const day = readDayOfMonth(source, leading.next);
    if (day !== undefined)
      return ofMonth(day.value, matchAt(source, day.next, pattern("[day]"))?.next ?? day.next);
  }
  const start = matchAt(source, at, pattern("[on|every|each] [the]"))?.next ?? at;
  const day = readDayOfMonth(source, start);
  const month = day === undefined ? undefined : matchAt(source, day.next, pattern(MONTH));
  if (day !== undefined && month !== undefined) return ofMonth(day.value, month.next);
  if (isWord(tokenAt(source, at), "monthly")) return ofMonth("1", at + 1);
  const every = matchAt(source, at, pattern("every|each month"));
  if (every !== undefined) return ofMonth("1", every.next);
  const quarter = matchAt(source, at, pattern("every|each quarter"));
  if (quarter === undefined) return undefined;
  return {
    value: { days: { dayOfMonth: "1", month: "1,4,7,10", weekday: "*" } },
    next: quarter.next,
  };
}

function ofMonth(dayOfMonth: string, next: number): Read<DaysRead> {
  return { value: { days: { dayOfMonth, weekday: "*" } }, next };
}

function readDayOfMonth(source: Source, at: number): Read<string> | undefined {
  const token = tokenAt(source, at);
  const days: string[] = [];
  let next = at;
  if (token.word === "first" && token.kind === "word") return { value: "1", next: at + 1 };
  while (tokenAt(source, next).kind === "ordinal") {
    days.push(String(tokenAt(source, next).value));
    next += 1;
    const isMore = isWord(tokenAt(source, next), "and", ",", "&");
    const after = isMore
      ? next + 1 + (isWord(tokenAt(source, next + 1), "the", "and") ? 1 : 0)
      : next;
    if (tokenAt(source, after).kind !== "ordinal") break;
    next = after;
  }
  const isReal = days.length > 0 && days.every((day) => Number(day) >= 1 && Number(day) <= 31);
  return isReal ? { value: days.join(","), next } : undefined;
}
