import { readAmount } from "./amounts.ts";
import type { FieldType, Known, Moment } from "./conditions.ts";
import { addDuration, parseDuration, startOfDay } from "./durations.ts";
import type { Operator, Value } from "./plan.ts";
import { instantOf, wallClockOf } from "./zones.ts";

/**
 * How one known value compares with another. An empty field: flags are false, `!=` is true, numbers and texts compare
 * false, a date is *never* (before every moment), `exists` is false.
 */
export function compareValues(
  operator: Operator,
  actual: Known,
  expected: Known,
  moment: Moment,
  type: FieldType = typeOf(actual, expected),
): boolean {
  if (operator === "exists") return !isEmpty(actual);
  if (operator === "in") return listOf(expected).some((one) => equals(actual, one, moment, type));
  if (operator === "contains") return contains(actual, expected);
  if (operator === "==") return equals(actual, expected, moment, type);
  if (operator === "!=") return !equals(actual, expected, moment, type);
  return type === "date"
    ? ordersDate(operator, actual, expected, moment)
    : orders(operator, actual, expected);
}

/** Whether a known field holds nothing: null, an empty text or an empty list. */
export function isEmpty(value: Known): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

/** What a value that no field types (`memory.x`, `form.x`) is compared as. */
function typeOf(actual: Known, expected: Known): FieldType {
  if (Array.isArray(actual)) return "list";
  if (typeof actual === "boolean" || typeof expected === "boolean") return "flag";
  if (isDated(actual, expected)) return "date";
  return typeof actual === "number" ? "number" : "text";
}

/** "now" is a moment only where the other side is one, too. */
function isDated(actual: Known, expected: Known): boolean {
  if (typeof expected !== "string") return false;
  const isDate = typeof actual === "number" || (typeof actual === "string" && ISO.test(actual));
  if (isRelative(expected)) return isDate || isEmpty(actual);
  return isDate && typeof actual === "string" && ISO.test(expected.trim());
}

function listOf(value: Known): readonly Known[] {
  if (value === null) return [];
  return Array.isArray(value) ? (value as readonly Value[]) : [value];
}

function equals(actual: Known, expected: Known, moment: Moment, type: FieldType): boolean {
  if (type === "flag") return isTrue(actual) === isTrue(expected);
  if (type === "date") return equalsDate(actual, expected, moment);
  if (Array.isArray(actual)) return listOf(actual).some((one) => sameValue(one, expected));
  return sameValue(actual, expected);
}

function sameValue(actual: Known, expected: Known): boolean {
  if (isEmpty(actual) || isEmpty(expected)) return false;
  const [a, b] = numbersOf(actual, expected);
  if (a !== undefined && b !== undefined) return a === b;
  return bare(actual) === bare(expected);
}

/** Of several wanted one is enough. */
function contains(actual: Known, expected: Known): boolean {
  if (isEmpty(actual) || isEmpty(expected)) return false;
  if (Array.isArray(expected)) return listOf(expected).some((one) => contains(actual, one));
  if (Array.isArray(actual)) return listOf(actual).some((one) => fold(one) === fold(expected));
  return bare(actual).includes(bare(expected));
}

type Ordering = ">" | "<" | ">=" | "<=";

function orders(operator: Ordering, actual: Known, expected: Known): boolean {
  if (isEmpty(actual) || isEmpty(expected) || Array.isArray(actual)) return false;
  const [a, b] = numbersOf(actual, expected);
  if (a !== undefined && b !== undefined) return byOrder(operator, a - b);
  if (a !== undefined || b !== undefined) return false;
  return byOrder(operator, bare(actual).localeCompare(bare(expected)));
}

function byOrder(operator: Ordering, difference: number): boolean {
  if (operator === ">") return difference > 0;
  if (operator === "<") return difference < 0;
  return operator === ">=" ? difference >= 0 : difference <= 0;
}

function isTrue(value: Known): boolean {
  return (
    value === true ||
    value === 1 ||
    (typeof value === "string" && /^(true|yes)$/i.test(value.trim()))
  );
}

/** Both as numbers. "$10,000" is one where the other is a number; two texts are compared as they are written. */
function numbersOf(
  actual: Known,
  expected: Known,
): readonly [number | undefined, number | undefined] {
  const [a, b] = [numberOf(actual), numberOf(expected)];
  if (typeof expected === "number") return [a ?? amountOf(actual), b];
  if (typeof actual === "number") return [a, b ?? amountOf(expected)];
  return [a, b];
}

function numberOf(value: Known): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || !/^\s*[+-]?\d+(\.\d+)?\s*$/.test(value)) return undefined;
  return Number(value);
}

const amountOf = (value: Known): number | undefined =>
  typeof value === "string" ? readAmount(value) : undefined;

/** A text as it is kept where names must be one: without case, and however its accents were typed. */
export function fold(value: Known): string {
  return String(value).normalize("NFKC").trim().toLowerCase();
}

/** A text as it is compared: without case and accents, so that "Zurich" finds "Zürich". In other scripts marks are letters. */
export function bare(value: Known): string {
  const folded = fold(value);
  if (ASCII.test(folded)) return folded;
  return folded.normalize("NFD").replaceAll(ACCENTS, "").normalize("NFC");
}

const ACCENTS = /(?<=[\p{Script=Latin}\p{Script=Greek}]\p{M}*)\p{M}/gu;
const ASCII = /^\p{ASCII}*$/u;

/** What a date is compared with: an instant, or a whole day (`today`, `2026-03-01`) as the time from midnight to midnight. */
export interface Moments {
  readonly from: number;
  /** The same as `from` for an instant, else the first moment that no longer belongs to it. */
  readonly to: number;
}

const ISO = /^\d{4}-\d{2}-\d{2}/;
/** Days by their distance from today. */
const DAYS: ReadonlyMap<string, string> = new Map([
  ["today", "P0D"],
  ["yesterday", "-P1D"],
  ["tomorrow", "P1D"],
]);

/**
 * The moments that a date's value names: `today`, `yesterday`, `tomorrow`, `now`, a signed duration from now, an ISO
 * date or time, epoch milliseconds.
 */
export function momentsOf(value: Known, moment: Moment): Moments | undefined {
  const { now, zone } = moment;
  if (typeof value === "number") return { from: value, to: value };
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  const day = DAYS.get(text.toLowerCase());
  if (day !== undefined) return momentsThatDay(day, moment);
  if (text.toLowerCase() === "now") return instant(now);
  const duration = parseDuration(text);
  if (duration !== undefined) return instant(addDuration(now, duration, zone));
  if (!ISO.test(text)) return undefined;
  return text.length === 10
    ? dayFrom(inZone(Date.parse(text), zone), zone)
    : instant(readTime(text, zone));
}

/** What a date must be to equal the value: `-P1D`, made of days alone, is the whole of yesterday. */
export function momentsEqual(value: Known, moment: Moment): Moments | undefined {
  if (typeof value !== "string" || !/^[+-]?P[\dYMWD]+$/.test(value.trim())) {
    return momentsOf(value, moment);
  }
  return momentsThatDay(value.trim(), moment);
}

function momentsThatDay(text: string, { now, zone }: Moment): Moments | undefined {
  const duration = parseDuration(text);
  if (duration === undefined) return undefined;
  return dayFrom(startOfDay(addDuration(now, duration, zone), zone), zone);
}

function inZone(wall: number, zone: string): number {
  return Number.isNaN(wall) ? wall : instantOf(wall, zone);
}

/** A time without an offset is the zone's. */
function readTime(text: string, zone: string): number {
  return /(Z|[+-]\d{2}:?\d{2})$/i.test(text)
    ? Date.parse(text)
    : inZone(Date.parse(`${text}Z`), zone);
}

function instant(at: number): Moments | undefined {
  return Number.isNaN(at) ? undefined : { from: at, to: at };
}

function dayFrom(from: number, zone: string): Moments | undefined {
  if (Number.isNaN(from)) return undefined;
  return { from, to: instantOf(wallClockOf(from, zone) + 86_400_000, zone) };
}

function isRelative(text: string): boolean {
  const word = text.trim().toLowerCase();
  return DAYS.has(word) || word === "now" || /^[+-]P\d|^[+-]PT\d/i.test(word);
}

function equalsDate(actual: Known, expected: Known, moment: Moment): boolean {
  const [a, b] = [momentsOf(actual, moment), momentsEqual(expected, moment)];
  if (a === undefined || b === undefined) return false;
  return b.from === b.to ? a.from === b.from : a.from >= b.from && a.from < b.to;
}

function ordersDate(operator: Ordering, actual: Known, expected: Known, moment: Moment): boolean {
  const wanted = momentsOf(expected, moment);
  if (wanted === undefined) return false;
  if (isEmpty(actual)) return operator === "<" || operator === "<=";
  const at = momentsOf(actual, moment)?.from;
  return at !== undefined && fallsIn(operator, at, wanted);
}

/** Before a day is before its midnight, after it is after its end. */
function fallsIn(operator: Ordering, at: number, { from, to }: Moments): boolean {
  const isDay = from !== to;
  if (operator === ">=") return at >= from;
  if (operator === "<") return at < from;
  if (operator === ">") return isDay ? at >= to : at > from;
  return isDay ? at < to : at <= from;
}
