/** Values of a plan as they are typed into a form, and back. */
import { parseDuration, phraseDuration } from "#domain/durations.ts";
import type { Value } from "#domain/plan.ts";

const AGO = /^(\d+) (hour|day|week|month|year)s? (ago|from now)$/i;
const LETTERS = { hour: "H", day: "D", week: "W", month: "M", year: "Y" } as const;
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const WORDS = new Map<string, Value>([
  ["yes", true],
  ["no", false],
  ["true", true],
  ["false", false],
]);

/** "yes" is a flag, "7 days ago" a moment, plain digits a number; in quotes everything is a text. */
export function readValue(typed: string): Value {
  const text = typed.trim();
  const quoted = /^"(.*)"$/s.exec(text)?.[1];
  if (quoted !== undefined) return quoted;
  if (NUMBER.test(text)) return Number(text);
  return WORDS.get(text.toLowerCase()) ?? readMoment(text) ?? text;
}

function readMoment(text: string): string | undefined {
  const [, amount, unit, way] = AGO.exec(text) ?? [];
  if (amount === undefined || unit === undefined) return undefined;
  const letter = LETTERS[unit.toLowerCase() as keyof typeof LETTERS];
  const sign = way?.toLowerCase() === "ago" ? "-" : "";
  return `${sign}P${letter === "H" ? "T" : ""}${amount}${letter}`;
}

export function writeValue(value: Value | readonly Value[] | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "string") return writeText(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(value);
  return value.map((one) => writeValue(one)).join(", ");
}

/** A text that would be read as something else stands in quotes. */
function writeText(text: string): string {
  const moment = writeMoment(text);
  if (moment !== undefined && readValue(moment) === text) return moment;
  return readValue(text) === text ? text : `"${text}"`;
}

function writeMoment(text: string): string | undefined {
  const duration = parseDuration(text);
  if (duration === undefined) return undefined;
  return duration.sign === -1 ? phraseDuration(duration) : `${phraseDuration(duration)} from now`;
}

/** A length as days and hours; undefined where it has other parts, which stay as they are unless it is changed. */
export interface DaysAndHours {
  readonly days: number | string;
  readonly hours: number | string;
}

const DAYS_OF = { years: 365, months: 30, weeks: 7, days: 1 } as const;

export function daysAndHoursOf(text: string | undefined): DaysAndHours {
  const duration = text === undefined ? undefined : parseDuration(text);
  if (duration === undefined) return { days: "", hours: "" };
  const days = Object.entries(DAYS_OF).reduce(
    (sum, [unit, each]) => sum + duration[unit as keyof typeof DAYS_OF] * each,
    0,
  );
  const hours = duration.hours + duration.minutes / 60 + duration.seconds / 3600;
  return { days: days === 0 ? "" : days, hours: hours === 0 ? "" : Math.round(hours * 100) / 100 };
}

/** "P5D", "PT2H", "P1DT12H"; undefined where nothing is given. */
export function lengthOf({ days, hours }: DaysAndHours): string | undefined {
  const minutes = Math.round((Number(hours) || 0) * 60);
  const whole = Number(days) || 0;
  if (whole === 0 && minutes === 0) return undefined;
  const hour = Math.floor(minutes / 60);
  const time = `${hour === 0 ? "" : `${hour}H`}${minutes % 60 === 0 ? "" : `${minutes % 60}M`}`;
  return `P${whole === 0 ? "" : `${whole}D`}${time === "" ? "" : `T${time}`}`;
}
