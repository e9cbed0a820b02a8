import type { Condition, Operator } from "#domain/plan.ts";

import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { readDate } from "../readers/dates.ts";
import { isWord, type Read, type Source, tokenAt } from "../source.ts";
import { compare, joinAll, joinAny } from "./scope.ts";

/** From a moment on, up to it, or between two. */
export type Since = readonly { readonly operator: Operator; readonly value: string }[];

/** Since a moment: after it, or (`<`) not since then. */
const RECENT = [
  "in|within|during|over|for [just] [the] last|past <duration>",
  "in|within|during|over the last|past|previous [few|couple] [of] <duration>",
  "within <duration>",
  "less|fewer than <duration> ago",
  "under <duration> ago",
  "< [=] <duration> [ago|old|back]",
  "since <duration> [ago]",
  "last|past <duration>",
].map(pattern);

const LONG_AGO = [
  "more|longer than <duration> ago|back|old",
  "> [=] <duration> [ago|old|back]",
  "over <duration> back|old",
  "over <duration> ago",
  "at least <duration> ago",
  "before <duration> ago",
  "<duration> ago or more|longer|earlier",
  "older than <duration>",
].map(pattern);

/** With a negation these say that something has not happened for so long. */
const STRETCH = [
  "in|for|within [the] [more|longer|over|at] [than|least] <duration>",
  "in|for|within [the] [last|past] <duration>",
  "in|for|since over|about|around <duration>",
  "since <duration> [ago]",
  "[> / over] <duration>",
].map(pattern);

const TODAY = ["[since|earlier|from] today", "on the same day"].map(pattern);
const COMING = [
  "in|within|during|over the next|coming|following <duration>",
  "in|within next|coming <duration>",
].map(pattern);
const SOON = pattern("in|within [the] <duration>");

/** "in the next 30 days"; of a day that lies ahead "within 60 days" says the same. */
export function readComing(source: Source, at: number, isAhead: boolean): Read<Since> | undefined {
  const match = matchFirst(source, at, COMING) ?? (isAhead ? matchAt(source, at, SOON) : undefined);
  return match?.captures.duration === undefined
    ? undefined
    : range("today", match.captures.duration, match.next);
}

const PAST = ["passed|elapsed", "in the past", "gone by|past", "overdue"].map(pattern);
const YESTERDAY = pattern("yesterday");
const DAYS: readonly {
  readonly pattern: ReturnType<typeof pattern>;
  readonly operator: Operator;
}[] = [
  { pattern: pattern("by|<="), operator: "<=" },
  { pattern: pattern(">="), operator: ">=" },
  { pattern: pattern("before|until|earlier|prior|< [than|to]"), operator: "<" },
  { pattern: pattern("after|>|later [than]"), operator: ">" },
  { pattern: pattern("since|from|starting [from]"), operator: ">=" },
  { pattern: pattern("on"), operator: "==" },
];

export function readMoment(source: Source, at: number): Read<Since> | undefined {
  const today = matchFirst(source, at, TODAY);
  if (today !== undefined) return since(">=", "today", today.next);
  const yesterday = matchAt(source, at, YESTERDAY);
  if (yesterday !== undefined) return { value: DAY_BEFORE, next: yesterday.next };
  const before = matchFirst(source, at, LONG_AGO);
  if (before?.captures.duration !== undefined)
    return since("<", `-${before.captures.duration}`, before.next);
  const recent = matchFirst(source, at, RECENT);
  const past = recent === undefined ? matchFirst(source, at, PAST) : undefined;
  if (past !== undefined) return since("<", "today", past.next);
  return recent?.captures.duration === undefined
    ? readDay(source, at)
    : since(">=", `-${recent.captures.duration}`, recent.next);
}

/** Of the day before, and no longer of today. */
const DAY_BEFORE: Since = [{ operator: "==", value: "-P1D" }];

const BETWEEN = pattern("[anytime|somewhere] between|from");
const AND = pattern("and|to|until|through|-|–");

function range(from: string, to: string, next: number): Read<Since> {
  return {
    value: [
      { operator: ">=", value: from },
      { operator: "<=", value: to },
    ],
    next,
  };
}

/** "before 2026-01-31", "since 1 March 2026". */
function readDay(source: Source, at: number): Read<Since> | undefined {
  const between = matchAt(source, at, BETWEEN);
  const first = between === undefined ? undefined : readDate(source, between.next);
  const and = first === undefined ? undefined : matchAt(source, first.next, AND);
  const last = and === undefined ? undefined : readDate(source, and.next);
  if (first !== undefined && last !== undefined) return range(first.value, last.value, last.next);
  for (const { pattern: opening, operator } of DAYS) {
    const match = matchAt(source, at, opening);
    const date = match === undefined ? undefined : readMomentNamed(source, match.next);
    if (date !== undefined) return since(operator, date.value, date.next);
  }
  return undefined;
}

const AGO = pattern("<duration> ago");

function readMomentNamed(source: Source, at: number): Read<string> | undefined {
  if (isWord(tokenAt(source, at), "today")) return { value: "today", next: at + 1 };
  const ago = matchAt(source, at, AGO);
  return ago?.captures.duration === undefined
    ? readDate(source, at)
    : { value: `-${ago.captures.duration}`, next: ago.next };
}

/** "in 30 days", "for over a month", behind a negation. */
export function readStretch(source: Source, at: number): Read<Since> | undefined {
  const match = matchFirst(source, at, STRETCH);
  return match?.captures.duration === undefined
    ? undefined
    : since(">=", `-${match.captures.duration}`, match.next);
}

function since(operator: Operator, value: string, next: number): Read<Since> {
  return { value: [{ operator, value }], next };
}

const OPPOSITE: Partial<Readonly<Record<Operator, Operator>>> = {
  ">=": "<",
  "<": ">=",
  ">": "<=",
  "<=": ">",
  "==": "!=",
};

/** A field's moment is so, or (`isNegated`) is not. */
export function compareMoment(isNegated: boolean, field: string, moments: Since): Condition {
  if (!isNegated)
    return joinAll(moments.map(({ operator, value }) => compare(field, operator, value)));
  return joinAny(
    moments.map(({ operator, value }) => compare(field, OPPOSITE[operator] ?? operator, value)),
  );
}
