import { remembered } from "../remembered.ts";
import { type Read, type Source, tokenAt, wordsOf } from "../source.ts";

const SMALL =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety";

const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  ...SMALL.split(" ").map((word, index): [string, number] => [word, index]),
  ...TENS.split(" ").map((word, index): [string, number] => [word, 20 + index * 10]),
  ...TENS.split(" ").flatMap((tens, index) =>
    SMALL.split(" ")
      .slice(1, 10)
      .map((ones, one): [string, number] => [`${tens}-${ones}`, 21 + index * 10 + one]),
  ),
]);

const SCALES: ReadonlyMap<string, number> = new Map([
  ["dozen", 12],
  ["hundred", 100],
  ["thousand", 1000],
  ["grand", 1000],
  ["k", 1000],
  ["million", 1_000_000],
  ["mn", 1_000_000],
  ["billion", 1_000_000_000],
]);

const CURRENCIES = wordsOf("dollars dollar bucks usd euros euro eur pounds gbp percent pct %");

/** "50", "$50,000", "50k", "twenty-five", "a hundred", "1.5 million dollars", "25 percent". */
export function readNumber(source: Source, at: number): Read<number> | undefined {
  const plain = readPlainNumber(source, at);
  if (plain === undefined) return undefined;
  let { value, next } = plain;
  for (let scale = scaleAt(source, next); scale !== undefined; scale = scaleAt(source, next)) {
    value *= scale;
    next += 1;
  }
  if (CURRENCIES.has(tokenAt(source, next).word)) next += 1;
  return { value, next };
}

function scaleAt(source: Source, at: number): number | undefined {
  return SCALES.get(tokenAt(source, at).word);
}

/** A number without its scale. */
export function readPlainNumber(source: Source, at: number): Read<number> | undefined {
  const token = tokenAt(source, at);
  if (token.kind === "number") return { value: token.value, next: at + 1 };
  if (token.kind !== "word") return undefined;
  const word = NUMBER_WORDS.get(token.word);
  if (word !== undefined) return readTens(source, at, word);
  const isScaled = token.word === "a" && scaleAt(source, at + 1) !== undefined;
  if (isScaled) return { value: 1, next: at + 1 };
  return scaleAt(source, at) === undefined ? undefined : { value: 1, next: at };
}

/** "twenty five" without its hyphen. */
function readTens(source: Source, at: number, tens: number): Read<number> {
  const ones = NUMBER_WORDS.get(tokenAt(source, at + 1).word);
  const isPair = tens >= 20 && tens % 10 === 0 && ones !== undefined && ones > 0 && ones < 10;
  return isPair ? { value: tens + ones, next: at + 2 } : { value: tens, next: at + 1 };
}

type Unit = "minute" | "hour" | "day" | "week" | "month" | "quarter" | "year";

const UNITS: ReadonlyMap<string, Unit> = new Map<string, Unit>(
  (
    [
      ["minute", "minute minutes min mins"],
      ["hour", "hour hours hr hrs"],
      ["day", "day days d night nights"],
      ["week", "week weeks wk wks"],
      ["month", "month months mo mos"],
      ["quarter", "quarter quarters"],
      ["year", "year years yr yrs"],
    ] as const
  ).flatMap(([unit, words]) => words.split(" ").map((word): [string, Unit] => [word, unit])),
);

/** Only right behind a number: "3d", "24h", "2w". */
const SHORT_UNITS: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ["m", "minute"],
  ["h", "hour"],
  ["d", "day"],
  ["w", "week"],
]);

const WRITE: Readonly<Record<Unit, (amount: number) => string>> = {
  minute: (amount) => `PT${amount}M`,
  hour: (amount) => (Number.isInteger(amount) ? `PT${amount}H` : `PT${Math.round(amount * 60)}M`),
  day: (amount) => (Number.isInteger(amount) ? `P${amount}D` : `PT${Math.round(amount * 24)}H`),
  week: (amount) => (Number.isInteger(amount) ? `P${amount}W` : `P${Math.round(amount * 7)}D`),
  month: (amount) => (Number.isInteger(amount) ? `P${amount}M` : `P${Math.round(amount * 30)}D`),
  quarter: (amount) => `P${Math.round(amount * 3)}M`,
  year: (amount) => `P${Math.round(amount * 12)}M`,
};

const BEFORE_AMOUNT = wordsOf(
  "like maybe approximately approx some another further additional extra full about around roughly exactly just only the",
);

/** "5 days", "another week", "72h", "half an hour", "a couple of days", "a week and a half", as ISO 8601. */
export const readDuration = remembered(readLength);

function readLength(source: Source, at: number): Read<string> | undefined {
  let next = at;
  let isOne = false;
  while (
    BEFORE_AMOUNT.has(tokenAt(source, next).word) ||
    (tokenAt(source, next).word === "a" && !isOne)
  ) {
    isOne ||= ["another", "a"].includes(tokenAt(source, next).word);
    if (next - at > 2) return undefined;
    next += 1;
  }
  const isLast = BEFORE_UNIT.has(tokenAt(source, at - 1).word);
  const first = readHalf(source, next) ?? readAmountOfTime(source, next, isOne || isLast);
  return first === undefined ? undefined : skipTime(source, readCompound(source, first));
}

/** "in three days' time", "in a week's time" */
function skipTime(source: Source, read: Read<string>): Read<string> {
  const isOwned = ["'", "'s", "’"].includes(tokenAt(source, read.next).word);
  const time = isOwned ? read.next + 1 : read.next;
  return tokenAt(source, time).word === "time" ? { ...read, next: time + 1 } : read;
}

const COMPOUND = /^P(\d+D|T\d+H)$/;
const SMALLER: Readonly<Record<string, RegExp>> = { D: /^PT\d+H$/, H: /^PT\d+M$/ };

/** "2 days and 4 hours", "1h30m": an amount of the next smaller unit behind the first. */
function readCompound(source: Source, first: Read<string>): Read<string> {
  const start = tokenAt(source, first.next).word === "and" ? first.next + 1 : first.next;
  const unit = COMPOUND.test(first.value) ? SMALLER[first.value.slice(-1)] : undefined;
  if (unit === undefined || tokenAt(source, start).kind !== "number") return first;
  const more = readAmountOfTime(source, start, false);
  if (more === undefined || !unit.test(more.value)) return first;
  const rest = first.value.endsWith("D") ? more.value.slice(1) : more.value.slice(2);
  return { value: first.value + rest, next: more.next };
}

/** "in the last week" is the last one. */
const BEFORE_UNIT = wordsOf("last past previous");

function readHalf(source: Source, at: number): Read<string> | undefined {
  if (tokenAt(source, at).word !== "half") return undefined;
  const article = ["a", "an"].includes(tokenAt(source, at + 1).word) ? 1 : 0;
  const unit = UNITS.get(tokenAt(source, at + 1 + article).word);
  return unit === undefined ? undefined : { value: WRITE[unit](0.5), next: at + 2 + article };
}

function readAmountOfTime(source: Source, at: number, isOne: boolean): Read<string> | undefined {
  const counted = readCount(source, at) ?? (isOne ? { value: 1, next: at } : undefined);
  if (counted === undefined) return undefined;
  if (isHalfMore(source, counted.next)) return readHalfBefore(source, counted);
  const next = matchMore(source, counted.next);
  if (FORTNIGHTS.has(tokenAt(source, next).word)) {
    return { value: WRITE.week(counted.value * 2), next: next + 1 };
  }
  const unit = unitAt(source, next);
  if (unit === undefined) return undefined;
  const isMore = isHalfMore(source, next + 1);
  const amount = isMore ? counted.value + 0.5 : counted.value;
  return { value: WRITE[unit](amount), next: isMore ? next + 4 : next + 1 };
}

/** "two and a half days" */
function readHalfBefore(source: Source, { value, next }: Read<number>): Read<string> | undefined {
  const unit = unitAt(source, next + 3);
  return unit === undefined ? undefined : { value: WRITE[unit](value + 0.5), next: next + 4 };
}

const BETWEEN = wordsOf(
  "- more further additional extra whole full other calendar business working",
);

/** "5 more days", "3-day", "two business days". */
function matchMore(source: Source, at: number): number {
  return BETWEEN.has(tokenAt(source, at).word) ? at + 1 : at;
}

const FORTNIGHTS = wordsOf("fortnight fortnights");

function unitAt(source: Source, at: number): Unit | undefined {
  const token = tokenAt(source, at);
  const isJoined = !token.isApart && tokenAt(source, at - 1).kind === "number";
  return UNITS.get(token.word) ?? (isJoined ? SHORT_UNITS.get(token.word) : undefined);
}

/** Of a number that counts time: its scale must not be taken for a unit. */
function readCount(source: Source, at: number): Read<number> | undefined {
  const token = tokenAt(source, at);
  if (token.word === "an") return { value: 1, next: at + 1 };
  if (token.word === "couple" || token.word === "pair")
    return { value: 2, next: tokenAt(source, at + 1).word === "of" ? at + 2 : at + 1 };
  if (token.word === "a") {
    const amount = readCount(source, at + 1);
    return amount === undefined || amount.next > at + 3 ? undefined : amount;
  }
  return readPlainNumber(source, at);
}

function isHalfMore(source: Source, at: number): boolean {
  return ["and", "a", "half"].every((word, index) => tokenAt(source, at + index).word === word);
}

const DUE_WORDS = wordsOf("due by for on");

/** When a task is due: "tomorrow", "in 3 days", "due by next week", as a duration from now. */
export function readDue(source: Source, at: number): Read<string> | undefined {
  let next = at;
  while (DUE_WORDS.has(tokenAt(source, next).word) && next - at < 3) next += 1;
  const { word } = tokenAt(source, next);
  const one = DAYS.get(word);
  if (one !== undefined) return { value: one, next: next + 1 };
  const two = DAYS.get(`${word} ${tokenAt(source, next + 1).word}`);
  return two === undefined ? readDueAfter(source, next) : { value: two, next: next + 2 };
}

const DAYS: ReadonlyMap<string, string> = new Map([
  ["today", "P0D"],
  ["tonight", "P0D"],
  ["tomorrow", "P1D"],
  ["next day", "P1D"],
  ["following day", "P1D"],
  ["next week", "P1W"],
  ["next month", "P1M"],
]);

function readDueAfter(source: Source, at: number): Read<string> | undefined {
  const isAfter = ["in", "within"].includes(tokenAt(source, at).word);
  const duration = readDuration(source, isAfter ? at + 1 : at);
  if (duration === undefined) return undefined;
  const { value, next } = duration;
  const isFromNow =
    tokenAt(source, next).word === "from" &&
    ["now", "today"].includes(tokenAt(source, next + 1).word);
  if (isFromNow) return { value, next: next + 2 };
  if (["out", "later"].includes(tokenAt(source, next).word)) return { value, next: next + 1 };
  return isAfter ? { value, next } : undefined;
}
