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

function typeOf(actual: Known, expected: Known): FieldType {
  if (Array.isArray(actual)) return "list";
  if (typeof actual === "boolean" || typeof expected === "boolean") return "flag";
  if (typeof expected === "string" && isRelative(expected)) return "date";
  return typeof actual === "number" ? "number" : "text";
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
  const [a, b] = [numberOf(actual), numberOf(expected)];
  if (a !== undefined && b !== undefined) return a === b;
  return fold(actual) === fold(expected);
}

function contains(actual: Known, expected: Known): boolean {
  if (isEmpty(actual) || isEmpty(expected)) return false;
  if (Array.isArray(actual)) return listOf(actual).some((one) => fold(one) === fold(expected));
  return fold(actual).includes(fold(expected));
}

type Ordering = ">" | "<" | ">=" | "<=";

function orders(operator: Ordering, actual: Known, expected: Known): boolean {
  if (isEmpty(actual) || isEmpty(expected) || Array.isArray(actual)) return false;
  const [a, b] = [numberOf(actual), numberOf(expected)];
  if (a !== undefined && b !== undefined) return byOrder(operator, a - b);
  if (a !== undefined || b !== undefined) return false;
  return byOrder(operator, fold(actual).localeCompare(fold(expected)));
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

function numberOf(value: Known): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || !/^\s*[+-]?\d+(\.\d+)?\s*$/.test(value)) return undefined;
  return Number(value);
}

/** Texts are compared without case, and however their accents were typed. */
export function fold(value: Known): string {
  return String(value).normalize("NFKC").trim().toLowerCase();
}

/** What a date is compared with: an instant, or a whole day (`today`, `2026-03-01`) as the time from midnight to midnight. */
export interface Moments {
  readonly from: number;
  /** The same as `from` for an instant, else the first moment that no longer belongs to it. */
  readonly to: number;
}

/** The moments that a date's value names: `today`, a signed duration from now, an ISO date or time, epoch milliseconds. */
export function momentsOf(value: Known, { now, zone }: Moment): Moments | undefined {
  if (typeof value === "number") return { from: value, to: value };
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (text.toLowerCase() === "today") return dayFrom(startOfDay(now, zone), zone);
  const duration = parseDuration(text);
  if (duration !== undefined) return instant(addDuration(now, duration, zone));
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  return text.length === 10
    ? dayFrom(inZone(Date.parse(text), zone), zone)
    : instant(readTime(text, zone));
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
  return text.toLowerCase() === "today" || /^[+-]P/.test(text);
}

function equalsDate(actual: Known, expected: Known, moment: Moment): boolean {
  const [a, b] = [momentsOf(actual, moment), momentsOf(expected, moment)];
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
