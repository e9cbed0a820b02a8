import { type RawBuilder, sql } from "kysely";

import type { Known, Moment } from "#domain/conditions.ts";
import { instantOf, wallClockOf } from "#domain/zones.ts";

/** SQL that answers 0 or 1, never null. */
export type Predicate = RawBuilder<number>;

export type Column = RawBuilder<unknown>;

export const TRUE: Predicate = sql<number>`(1 = 1)`;
export const FALSE: Predicate = sql<number>`(1 = 0)`;

export function not(predicate: Predicate): Predicate {
  return sql`not ${predicate}`;
}

/** Nothing known about an empty value makes it fall on this side. */
export function orElse(predicate: RawBuilder<unknown>, whenEmpty: boolean): Predicate {
  return sql`coalesce(${predicate}, ${sql.lit(whenEmpty ? 1 : 0)})`;
}

/** An expected value as a parameter: lists are their texts joined, as everywhere. */
export function parameter(expected: Known): string | number | null {
  if (expected === null || typeof expected === "number") return expected;
  return Array.isArray(expected) && expected.length === 0 ? null : String(expected);
}

export function listOf(expected: Known): readonly Known[] {
  if (expected === null) return [];
  return Array.isArray(expected) ? (expected as readonly Known[]) : [expected];
}

/** The list as JSON for `json_each`. */
export function listParameter(expected: Known): string {
  return JSON.stringify(listOf(expected).map(parameter));
}

/** Whether a moment kept as epoch milliseconds is not before `at`. */
export function timeAtLeast(column: Column, at: number): RawBuilder<unknown> {
  return sql`(${column} >= ${at})`;
}

const DAY = 86_400_000;
const YEAR_0 = Date.UTC(2000, 0, 1) - 730_485 * DAY;
const YEAR_10000 = Date.UTC(10_000, 0, 1);

/**
 * The same for a text that is either a calendar day, which begins at midnight in the zone, or a
 * moment in UTC: both sort as texts.
 */
export function dayAtLeast(column: Column, at: number, { zone }: Moment): RawBuilder<unknown> {
  if (at >= YEAR_10000 - DAY) return sql`(${column} is null and null)`;
  if (at <= YEAR_0 + DAY) return sql`(${column} is not null)`;
  const day = firstDayFrom(at, zone);
  const moment = new Date(at).toISOString();
  return sql`(case when length(${column}) = 10 then ${column} >= ${day} else ${column} >= ${moment} end)`;
}

/** The first calendar day whose midnight in the zone is not before `at`. */
function firstDayFrom(at: number, zone: string): string {
  const wall = wallClockOf(at, zone);
  const midnight = wall - (((wall % DAY) + DAY) % DAY);
  const day = instantOf(midnight, zone) >= at ? midnight : midnight + DAY;
  return new Date(day).toISOString().slice(0, 10);
}
