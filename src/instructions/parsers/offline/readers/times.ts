import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { readPlainNumber } from "./amounts.ts";

/** A time of day in minutes since midnight: "9 AM", "9:30", "17:00", "noon", "half past eight". */
export function readTimeOfDay(source: Source, at: number): Read<number> | undefined {
  const token = tokenAt(source, at);
  if (token.word === "noon" || token.word === "midday") return { value: 720, next: at + 1 };
  if (token.word === "midnight") return { value: 0, next: at + 1 };
  const marked = readHourMark(source, at);
  if (marked !== undefined) return marked;
  const clock = readPast(source, at);
  if (clock !== undefined) return readHalfOfDay(source, clock.next, clock.value);
  const minutes =
    token.kind === "time" ? token.value : (clockDigits(source, at) ?? clockHours(source, at));
  if (minutes === undefined || minutes >= 24 * 60) return undefined;
  return readHalfOfDay(source, at + 1, minutes);
}

/** "8h30", and "at 7 hours". */
function readHourMark(source: Source, at: number): Read<number> | undefined {
  const hours = tokenAt(source, at).kind === "number" ? clockHours(source, at) : undefined;
  const { word, isApart } = tokenAt(source, at + 1);
  const [, minutes] = /^h(\d{2})$/.exec(word) ?? [];
  if (hours === undefined) return undefined;
  if (minutes !== undefined && !isApart) return { value: hours + Number(minutes), next: at + 2 };
  const isAt =
    isWord(tokenAt(source, at - 1), "at") && isWord(tokenAt(source, at + 1), "hours", "h");
  return isAt ? { value: hours, next: at + 2 } : undefined;
}

/** "half past eight", "quarter to nine", "ten past three". */
function readPast(source: Source, at: number): Read<number> | undefined {
  const start = isWord(tokenAt(source, at), "a") ? at + 1 : at;
  const minutes = PARTS.get(tokenAt(source, start).word) ?? readPlainNumber(source, start)?.value;
  const side = tokenAt(source, start + 1);
  const hours = clockHours(source, start + 2);
  if (minutes === undefined || hours === undefined || !isWord(side, "past", "to", "after"))
    return undefined;
  return { value: isWord(side, "to") ? hours - minutes : hours + minutes, next: start + 3 };
}

const PARTS: ReadonlyMap<string, number> = new Map([
  ["half", 30],
  ["quarter", 15],
]);

function clockHours(source: Source, at: number): number | undefined {
  const read = readPlainNumber(source, at);
  return read !== undefined && Number.isInteger(read.value) && read.value <= 24
    ? (read.value % 24) * 60
    : undefined;
}

/** "9.30", and "0830". */
function clockDigits(source: Source, at: number): number | undefined {
  const { kind, text } = tokenAt(source, at);
  const [, hours, minutes] =
    (kind === "number" && /^(\d{1,2})\.(\d{2})$|^$/.exec(text)) ||
    /^(0\d)(\d{2})$/.exec(text) ||
    [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59)
    return undefined;
  return Number(hours) * 60 + Number(minutes);
}

const MORNING = wordsOf("am a.m a.m.");
const EVENING = wordsOf("pm p.m p.m.");

function readHalfOfDay(source: Source, at: number, minutes: number): Read<number> {
  const token = tokenAt(source, at);
  const noon = 12 * 60;
  const asMorning = minutes >= noon && minutes < noon + 60 ? minutes - noon : minutes;
  const asEvening = minutes < noon ? minutes + noon : minutes;
  if (MORNING.has(token.word)) return { value: asMorning, next: at + 1 };
  if (EVENING.has(token.word)) return { value: asEvening, next: at + 1 };
  if (token.word === "o'clock" || token.word === "sharp")
    return readHalfOfDay(source, at + 1, minutes);
  const part = partOfDay(source, at);
  if (part === undefined) return { value: minutes, next: at };
  return { value: part.value === "morning" ? asMorning : asEvening, next: part.next };
}

/** "in the morning", "in the evening", "at night". */
function partOfDay(source: Source, at: number): Read<string> | undefined {
  const words = [0, 1, 2].map((index) => tokenAt(source, at + index).word);
  if (words[0] === "at" && words[1] === "night") return { value: "night", next: at + 2 };
  const isPart =
    words[0] === "in" &&
    words[1] === "the" &&
    ["morning", "afternoon", "evening"].includes(words[2] ?? "");
  return isPart ? { value: words[2] ?? "", next: at + 3 } : undefined;
}
