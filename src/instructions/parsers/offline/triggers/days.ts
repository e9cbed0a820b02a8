import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { wordTable } from "../word-table.ts";

/** Which days of the month and of the week, as cron writes them. */
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

interface DaysRead {
  readonly days: Days;
  /** The time that the words suggest where none is named. */
  readonly usual?: number;
}

const EVERY_DAY: Days = { dayOfMonth: "*", weekday: "*" };

export function readDays(source: Source, at: number): Read<DaysRead> | undefined {
  return (
    readMonthly(source, at) ??
    readExcepted(source, at) ??
    readDaily(source, at) ??
    readWeekdays(source, at)
  );
}

const DAILY = [
  "every|each [single] day|morning|afternoon|evening|night",
  "daily|everyday|nightly",
  "once a|per day",
  "first thing every|each|in [the] morning",
  "at the start|end|beginning of every|each|the day",
  "every|each [single] calendar day",
].map(pattern);
const USUAL: Readonly<Record<string, number>> = wordTable({
  afternoon: 14 * 60,
  evening: 18 * 60,
  night: 20 * 60,
  nightly: 20 * 60,
});

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
  "[on|every|each|all|only] weekdays|weekday|wkdays|wkday|workdays|workday",
  "[on|every|each|all] business|working|work days|day",
  "every|each working|business|work day",
].map(pattern);
const WEEKENDS = ["[on|every|each|at] [the] weekends|weekend"].map(pattern);
const RANGE = pattern("[first] [thing] [on|every|each|from]");

function readWeekdays(source: Source, at: number): Read<DaysRead> | undefined {
  const workdays = matchFirst(source, at, WORKDAYS);
  if (workdays !== undefined) return ofWeek("1-5", skipMorning(source, workdays.next));
  const weekends = matchFirst(source, at, WEEKENDS);
  if (weekends !== undefined) return ofWeek("0,6", weekends.next);
  const weekly = matchFirst(source, at, WEEKLY);
  const named = readNamedDays(source, weekly?.next ?? at, weekly !== undefined);
  if (named !== undefined) return named;
  return weekly === undefined ? undefined : ofWeek("1", weekly.next);
}

const EXCEPT = pattern(
  "(every|each day / daily|everyday) [,] except|but|excluding [for] [not] [on] [the]",
);
const ALL_DAYS = [0, 1, 2, 3, 4, 5, 6];

/** "every day except Sunday", "daily but not on weekends". */
function readExcepted(source: Source, at: number): Read<DaysRead> | undefined {
  const match = matchAt(source, at, EXCEPT);
  if (match === undefined) return undefined;
  if (isWord(tokenAt(source, match.next), "weekends", "weekend"))
    return ofWeek("1-5", match.next + 1);
  const first = readDay(source, match.next);
  if (first === undefined) return undefined;
  const { value, next } = readDayList(source, first);
  const left = ALL_DAYS.filter((day) => !value.split(",").includes(String(day)));
  return ofWeek(left.join(","), next);
}

const WEEKLY = [
  "[once] every|each|per week [,] [on]",
  "once a week [,] [on]",
  "weekly [,] [on]",
  "at the start|beginning of every|each|the week",
].map(pattern);

/** "every Monday and Thursday", "Mon-Fri", "Sundays"; one day alone needs a sign that it comes round. */
function readNamedDays(source: Source, at: number, isWeekly: boolean): Read<DaysRead> | undefined {
  const start = skipOn(source, matchAt(source, at, RANGE)?.next ?? at);
  const days = readJoinedDays(source, start) ?? readApartDays(source, start);
  if (days === undefined) return undefined;
  const next = skipEachWeek(source, skipMorning(source, days.next));
  const isMany = /s$/i.test(tokenAt(source, start).text) || /[,-]/.test(days.value);
  const isRound = isWeekly || start > at || isMany;
  return isRound || isTimed(source, next) ? ofWeek(days.value, next) : undefined;
}

/** "Mon to Fri", "Mon, Wed and Fri". */
function readApartDays(source: Source, at: number): Read<string> | undefined {
  const first = readDay(source, at);
  if (first === undefined) return undefined;
  return readDayRange(source, first) ?? readDayList(source, first);
}

/** "Mon-Fri" in one word. */
function readJoinedDays(source: Source, at: number): Read<string> | undefined {
  const { word, kind } = tokenAt(source, at);
  const [from, to, ...more] = word.split("-").map(dayOf);
  const isRange = kind === "word" && from !== undefined && to !== undefined && more.length === 0;
  return isRange ? { value: `${from}-${to}`, next: at + 1 } : undefined;
}

export function skipEachWeek(source: Source, at: number): number {
  return matchAt(source, at, EACH_WEEK)?.next ?? at;
}

const EACH_WEEK = pattern("(every|each|a|per week / of every|each|the week)");

function isTimed(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  return token.kind === "time" || token.kind === "number" || isWord(token, "at", "noon");
}

const PARTS_OF_DAY = wordsOf("morning mornings afternoon afternoons evening evenings night nights");

function skipMorning(source: Source, at: number): number {
  return PARTS_OF_DAY.has(tokenAt(source, at).word) ? at + 1 : at;
}

function ofWeek(weekday: string, next: number): Read<DaysRead> {
  return { value: { days: { dayOfMonth: "*", weekday } }, next };
}

function readDay(source: Source, at: number): Read<number> | undefined {
  const { word, kind } = tokenAt(source, at);
  const day = kind === "word" ? dayOf(word) : undefined;
  return day === undefined ? undefined : { value: day, next: at + 1 };
}

function dayOf(word: string): number | undefined {
  const name = word.replace(/s$/, "");
  const index = DAY_NAMES.findIndex(
    (day, number) => day === name || (SHORT_DAYS[number] ?? []).includes(word),
  );
  return index < 0 ? undefined : index;
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
    const joint = matchAt(source, next, pattern("[,] [and|&|/|,|+] [on|every|each]"));
    const day =
      joint === undefined || joint.next === next ? undefined : readDay(source, joint.next);
    if (day === undefined) return { value: [...days].toSorted((a, b) => a - b).join(","), next };
    days.add(day.value);
    ({ next } = day);
  }
}

const OF_MONTH = pattern("[day] [of|in] (each|every|the|a month / month)");
const ON_THE = pattern("[on|every|each] [the]");
const PLAIN_MONTH = [
  "monthly",
  "every|each month",
  "once a|per month",
  "at the start|beginning of every|each|the month",
].map(pattern);
const QUARTER = pattern("(every|each quarter / quarterly) [,] [on the first|1st] [day]");
const MONTHLY_FIRST = [
  `every|each month on the`,
  "once a month on the",
  "monthly on the",
  "every month ,|: on the",
].map(pattern);

/** "on the 15th of each month", "every month on the 1st", "monthly". */
function readMonthly(source: Source, at: number): Read<DaysRead> | undefined {
  return readMonthOn(source, at) ?? readOnDay(source, at) ?? readPlainMonth(source, at);
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
  return day === undefined || month === undefined ? undefined : ofMonth(day.value, month.next);
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

function readDayOfMonth(source: Source, at: number): Read<string> | undefined {
  if (isWord(tokenAt(source, at), "first")) return { value: "1", next: at + 1 };
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

const AND_THE = pattern("[,] [and|&] [the]");

function skipOn(source: Source, at: number): number {
  return isWord(tokenAt(source, at), "on", ",") ? at + 1 : at;
}
