import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { wordTable } from "../word-table.ts";
import { readMonthly } from "./months.ts";

/** Which days of the month and of the week, as cron writes them. */
export interface Days {
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

export interface DaysRead {
  readonly days: Days;
  /** The time that the words suggest where none is named. */
  readonly usual?: number;
}

const EVERY_DAY: Days = { dayOfMonth: "*", weekday: "*" };

export function readDays(source: Source, at: number): Read<DaysRead> | undefined {
  return (
    readMonthly(source, at) ??
    readExcepted(source, at) ??
    readPartOfDays(source, at) ??
    readDaily(source, at) ??
    readWeekdays(source, at)
  );
}

const DAILY = [
  "every|each [single] day|morning|afternoon|evening|night",
  "daily|everyday|nightly [in] [the] [morning|mornings|afternoon|evening]",
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

/** "once a day has gone by" comes round no more. */
function isPassing(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "has", "have", "is", "passes", "goes", "later");
}

function readDaily(source: Source, at: number): Read<DaysRead> | undefined {
  const match = matchFirst(source, at, DAILY);
  if (match === undefined || isPassing(source, match.next)) return undefined;
  const usual = USUAL[tokenAt(source, match.next - 1).word];
  return {
    value: usual === undefined ? { days: EVERY_DAY } : { days: EVERY_DAY, usual },
    next: match.next,
  };
}

const PART_OF = pattern(
  "[in] every|each|the morning|mornings|afternoon|afternoons|evening|evenings|day|days of|on|from [the|every|each]",
);

/** "every morning of weekday", "the afternoon of each Friday" */
function readPartOfDays(source: Source, at: number): Read<DaysRead> | undefined {
  const part = matchAt(source, at, PART_OF);
  const days = part === undefined ? undefined : readWeekdays(source, part.next);
  if (part === undefined || days === undefined) return undefined;
  const word = source.tokens.slice(at, part.next).find((token) => PARTS_OF_DAY.has(token.word));
  const usual = USUAL[(word?.word ?? "").replace(/s$/, "")];
  return usual === undefined ? days : { ...days, value: { ...days.value, usual } };
}

const WORKDAYS = [
  "[on] [every|each|all|only] weekdays|weekday|wkdays|wkday|workdays|workday",
  "[on] [every|each|all] business|working|work days|day",
].map(pattern);
const WEEKENDS = ["[on|every|each|at] [the] weekends|weekend"].map(pattern);
const RANGE = pattern("[first] [thing] [on] [every|each|all|from]");

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
  "(every|each day|weekday / daily|everyday|weekdays / every|each working|business|work day) [,] [but] except|but|excluding [for] [not] [on] [the]",
);
const LEAVING = pattern("[,] [but] except|but|excluding|not [for] [not] [on] [the]");

/** "every weekday at 8 except Wednesdays": which days are left, as cron writes them. */
export function readLeft(source: Source, at: number, weekday: string): Read<string> {
  const all = weekday === "*" ? ALL_DAYS : weekday === "1-5" ? WORK : undefined;
  const leaving = all === undefined ? undefined : matchAt(source, at, LEAVING);
  const first = leaving === undefined ? undefined : readDay(source, leaving.next);
  if (all === undefined || first === undefined) return { value: weekday, next: at };
  const { value, next } = readDayList(source, first);
  const left = all.filter((day) => !value.split(",").includes(String(day)));
  return { value: daysOf(left), next };
}

function daysOf(days: readonly number[]): string {
  const isRun = days.length > 2 && (days.at(-1) ?? 0) - (days[0] ?? 0) === days.length - 1;
  return isRun ? `${days[0]}-${days.at(-1)}` : days.join(",");
}

const EXCEPTING = ["except", "but", "excluding"];
const ALL_DAYS = [0, 1, 2, 3, 4, 5, 6];
const WORK = [1, 2, 3, 4, 5];

/** "every day except Sunday", "daily but not on weekends". */
function readExcepted(source: Source, at: number): Read<DaysRead> | undefined {
  const match = matchAt(source, at, EXCEPT);
  if (match === undefined) return undefined;
  if (isWord(tokenAt(source, match.next), "weekends", "weekend"))
    return ofWeek("1-5", match.next + 1);
  const first = readDay(source, match.next);
  if (first === undefined) return undefined;
  const { value, next } = readDayList(source, first);
  const isOfWork =
    isWord(tokenAt(source, at), "weekdays") ||
    !isWord(tokenAt(source, at + 1), "day", ",", ...EXCEPTING);
  const left = (isOfWork ? WORK : ALL_DAYS).filter(
    (day) => !value.split(",").includes(String(day)),
  );
  return ofWeek(daysOf(left), next);
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
  const part = skipMorning(source, days.next);
  const next = skipEachWeek(source, part);
  const isRound = isWeekly || start > at || isMany(source, start, part, days.value);
  if (isTimed(source, next)) return ofWeek(days.value, next, usualOf(source, days.next, part));
  return isRound ? ofWeek(days.value, next) : undefined;
}

const ONCE = pattern("on <bare>");

/** "on Friday" comes once, where nothing says that it comes round. */
export function isOnce(source: Source, at: number): boolean {
  const day = matchAt(source, at, ONCE) === undefined ? undefined : readDay(source, at + 1);
  if (day === undefined || /s$/i.test(tokenAt(source, at + 1).text)) return false;
  const part = skipMorning(source, day.next);
  if (part > day.next && /s$/i.test(tokenAt(source, part - 1).text)) return false;
  const isList =
    readDayRange(source, day) !== undefined || readDayList(source, day).next > day.next;
  return !isList && skipEachWeek(source, part) === part;
}

function isMany(source: Source, start: number, part: number, days: string): boolean {
  const isPlural = [start, part - 1].some((at) => /s$/i.test(tokenAt(source, at).text));
  return isPlural || /[,-]/.test(days);
}

function usualOf(source: Source, from: number, to: number): number | undefined {
  const word = to > from ? tokenAt(source, to - 1).word : "";
  return USUAL[word.replace(/s$/, "")];
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
  if (word === "m-f" || word === "mo-fr") return { value: "1-5", next: at + 1 };
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
const FIRST_THING = pattern("[,] first thing [in the morning]");

function skipMorning(source: Source, at: number): number {
  if (PARTS_OF_DAY.has(tokenAt(source, at).word)) return at + 1;
  return matchAt(source, at, FIRST_THING)?.next ?? at;
}

function ofWeek(weekday: string, next: number, usual?: number): Read<DaysRead> {
  const days: Days = { dayOfMonth: "*", weekday };
  return { value: usual === undefined ? { days } : { days, usual }, next };
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

const DAY_RANGE = pattern("to|through|thru|until|till|-|–");
const DAY_JOINT = pattern("[,] [and|&|/|,|+] [on|every|each]");

function readDayRange(source: Source, first: Read<number>): Read<string> | undefined {
  const to = matchAt(source, first.next, DAY_RANGE);
  const last = to === undefined ? undefined : readDay(source, to.next);
  return last === undefined
    ? undefined
    : { value: `${first.value}-${last.value}`, next: last.next };
}

function readDayList(source: Source, first: Read<number>): Read<string> {
  const days = new Set([first.value]);
  let { next } = first;
  for (;;) {
    const joint = matchAt(source, next, DAY_JOINT);
    const day =
      joint === undefined || joint.next === next ? undefined : readDay(source, joint.next);
    if (day === undefined) return { value: [...days].toSorted((a, b) => a - b).join(","), next };
    days.add(day.value);
    ({ next } = day);
  }
}

function skipOn(source: Source, at: number): number {
  return isWord(tokenAt(source, at), "on", ",") ? at + 1 : at;
}
