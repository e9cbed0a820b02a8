import { durationOf, type Point, readLapse, readPoint } from "./cadences.ts";
import { fault } from "./reading.ts";
import { isWord, type Source, tokenAt } from "./source.ts";
import type { Trailer } from "./trailers.ts";
import { addWait, type Walk } from "./walk.ts";

/** What only makes ready: a cadence begins with the first that does more. */
const READYING: ReadonlySet<string> = new Set([
  "search_contacts",
  "search_companies",
  "search_deals",
  "skip",
  "enrich_contact",
  "web_search",
]);

/** "Day 3: …": the gap to the point before is waited for. */
export function passPoint(walk: Walk): boolean {
  const { reading, source, at } = walk;
  if (isWord(tokenAt(source, at), "+")) return passLapse(walk);
  const read = readPoint(source, at);
  if (read === undefined) return false;
  reading.builder.closeTo(walk.base);
  waitUntil(walk, read.value, at, read.next);
  walk.at = read.next;
  refuseIdle(walk, at);
  walk.isTimed = true;
  return true;
}

/** A day on which nothing is done has lost what is to be done. */
function refuseIdle({ reading, source, at }: Walk, from: number): void {
  const next = isWord(tokenAt(source, at), "and", ",", "&") ? at + 1 : at;
  const isLast = at >= source.end && isBehindClause(source, from);
  const isBefore = readPoint(source, next) !== undefined && !isOfWeek(source, from);
  if (!isLast && !isBefore) return;
  const suggestion = "Say what, such as: Day 3: send 'Bump'";
  fault(reading, from, next, "Nothing is to be done on this day", suggestion);
}

function isBehindClause(source: Source, at: number): boolean {
  const before = tokenAt(source, at - 1);
  return before.kind === "word" || before.kind === "quoted" || isWord(before, ",");
}

/** "Week 1, day 3" */
function isOfWeek(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "week", "wk", "w");
}

function waitUntil(walk: Walk, point: Point, from: number, to: number): void {
  const { reading } = walk;
  const hours = point.hours + (point.isOffset ? (reading.origin ?? 0) : 0);
  if (point.hours < 0) reading.origin = point.hours;
  const hasBegun = reading.builder.steps().some(({ type }) => !READYING.has(type));
  const gap = hours - (reading.hours ?? (hasBegun ? 0 : hours));
  if (gap < 0) {
    const reason = "The days of a cadence must follow one another";
    fault(reading, from, to, reason, "Put the days in order");
  }
  if (gap > 0) addWait(walk, durationOf(gap, point.unit), from, to);
  reading.hours = hours;
}

/** "2 days later, …", "+3d -> …" */
export function passLapse(walk: Walk): boolean {
  const { source, at, reading } = walk;
  const read = readLapse(source, at);
  if (read === undefined) return false;
  if (isWord(tokenAt(source, at - 1), "->") && !walk.isArrowScope)
    reading.builder.closeTo(walk.base);
  addWait(walk, read.value, at, read.next);
  walk.at = read.next;
  walk.isTimed = true;
  return true;
}

/** The wait of a clause that tells its time behind it. */
export function waitFor(walk: Walk, trailer: Trailer, from: number, to: number): void {
  if ("point" in trailer) waitUntil(walk, trailer.point, from, to);
  else addWait(walk, trailer.lapse, from, to);
}
