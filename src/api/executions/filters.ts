/** What a list can be narrowed by, as SQL that holds for the open and for the ended ones alike. */
import { sql } from "kysely";

import { type Phase, statesIn } from "#domain/kinds.ts";
import type { SearchQuery } from "#search/search.ts";

import type { Condition } from "./rows.ts";

export interface Filters {
  readonly ws: number;
  readonly agent?: number | undefined;
  /** Only these, by their numbers. */
  readonly nos?: readonly number[] | undefined;
  readonly kind?: string | undefined;
  /** One of these programs. */
  readonly drivers?: readonly string[] | undefined;
  /** What has failed, by the code of its error: this one, or any but that. */
  readonly failedBy?: { readonly is: string } | { readonly isNot: string } | undefined;
  readonly states?: readonly string[] | undefined;
  readonly phases?: readonly Phase[] | undefined;
  /** Exactly. */
  readonly target?: string | undefined;
  /** A part of it, whatever the case. */
  readonly label?: string | undefined;
  /** Whether somebody has paused it. */
  readonly paused?: boolean | undefined;
  /** Only what no longer matches its program, or has a journey that does not. */
  readonly blocked?: true | undefined;
  /** The type of what started it, such as `event`. */
  readonly trigger?: string | undefined;
  /** Created at or after, epoch milliseconds. */
  readonly since?: number | undefined;
  /** Created at or before. */
  readonly until?: number | undefined;
  /** How long it took; only what has ended has taken some time. */
  readonly minMs?: number | undefined;
  readonly maxMs?: number | undefined;
  /** Nano-dollars; what is not known is no cost. */
  readonly minCost?: number | undefined;
  readonly maxCost?: number | undefined;
  /** What the index of words is asked for; see `found.ts`. */
  readonly search?: Pick<SearchQuery, "text" | "view"> | undefined;
}

/** The columns that an index of the ended ones narrows by. */
export type Indexed = "agent" | "kind" | "state";

/** A phase is so many states, whatever the kind. Undefined: any. */
export function statesOf({ states, phases }: Filters): readonly string[] | undefined {
  if (phases === undefined) return states;
  const inPhase = statesIn(phases);
  return states === undefined ? inPhase : inPhase.filter((state) => states.includes(state));
}

/** Whether they ask for what is only said of open ones. */
export function asksForOpen({ paused, blocked }: Filters): boolean {
  return paused === true || blocked === true;
}

/** Whether they ask for what is only known at the end. */
export function asksForEnd({ minMs, maxMs, minCost, maxCost, failedBy }: Filters): boolean {
  return [minMs, maxMs, minCost, maxCost, failedBy].some((asked) => asked !== undefined);
}

/** Of the open ones alone: what has ended is not paused. */
export function byMark({ paused }: Filters): readonly Condition[] {
  if (paused === undefined) return [];
  return [paused ? sql<boolean>`paused_by is not null` : sql<boolean>`paused_by is null`];
}

/** Of the open ones alone, found by their marks: they are few, and an execution's journeys have marks of their own. */
export function byBlocked({ blocked }: Filters): readonly Condition[] {
  return blocked ? [sql`no in (select no from live where blocked is not null)`] : [];
}

/** As an index finds it. */
export const byIndex = {
  agent: (agent: number): Condition => sql`agent = ${agent}`,
  kind: (kind: string): Condition => sql`kind = ${kind}`,
  state: (state: string): Condition => sql`state = ${state}`,
} as const;

/** As it is looked at row by row: SQLite chooses no index for a column behind a plus. */
export function byLooking(filters: Filters, indexed: Indexed | undefined): readonly Condition[] {
  const { agent, kind } = filters;
  const states = statesOf(filters);
  return [
    ...(agent === undefined || indexed === "agent" ? [] : [sql<boolean>`+agent = ${agent}`]),
    ...(kind === undefined || indexed === "kind" ? [] : [sql<boolean>`+kind = ${kind}`]),
    ...(states === undefined || indexed === "state" ? [] : [isOneOf(states)]),
    ...onWords(filters),
    ...onBounds(filters),
  ];
}

function isOneOf(states: readonly string[]): Condition {
  return states.length === 0 ? sql`1 = 0` : sql`+state in (${sql.join(states)})`;
}

function onWords({ target, label, trigger, drivers, failedBy }: Filters): readonly Condition[] {
  return [
    ...(drivers === undefined ? [] : [sql<boolean>`+driver in (${sql.join(drivers)})`]),
    ...(failedBy === undefined ? [] : [hasFailedBy(failedBy)]),
    ...(target === undefined ? [] : [sql<boolean>`target = ${target}`]),
    ...(label === undefined ? [] : [hasText("label", label)]),
    ...(trigger === undefined ? [] : [isTriggeredBy(trigger)]),
  ];
}

function hasFailedBy(code: NonNullable<Filters["failedBy"]>): Condition {
  return "is" in code ? sql`error_code = ${code.is}` : sql`error_code is not ${code.isNot}`;
}

/** The trigger of an event is kept with the event's name: `event: deal.won`. */
function isTriggeredBy(type: string): Condition {
  return type === "event"
    ? sql`(trigger = 'event' or trigger like 'event: %')`
    : sql`trigger = ${type}`;
}

function hasText(column: "label", part: string): Condition {
  return sql`text_holds('contains', ${sql.ref(column)}, ${part}) = 1`;
}

function onBounds(filters: Filters): readonly Condition[] {
  const { since, until, minMs, maxMs, minCost, maxCost } = filters;
  const bounds = [
    [sql`created_at`, since, until],
    [sql`ended_at - started_at`, minMs, maxMs],
    [sql`cost`, minCost, maxCost],
  ] as const;
  return bounds.flatMap(([value, least, most]) => [
    ...(least === undefined ? [] : [sql<boolean>`${value} >= ${least}`]),
    ...(most === undefined ? [] : [sql<boolean>`${value} <= ${most}`]),
  ]);
}
