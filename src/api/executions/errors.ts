/**
 * Errors that are alike, with what people said of them. What is resolved is open again by itself once it is seen
 * again: that is found out when it is read, so nothing has to watch for it.
 */
import type { z } from "zod";

import {
  ERROR_STATES,
  type errorGroupsQuerySchema,
  type errorGroupsSchema,
  type ErrorState,
  type errorStandingSchema,
} from "#contract/shapes/error-groups.ts";
import type { Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import type { ExecutionId } from "#domain/id.ts";
import type { Store } from "#store/store.ts";
import { type ErrorMark, isSeenAgain } from "#workspace/error-marks.ts";
import type { WorkspaceServices } from "#workspace/workspace.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { showTime, showTimeOr } from "../times.ts";
import { RANGES } from "./asked.ts";
import { type ErrorGroup, findErrorGroup, readErrorGroups } from "./error-groups.ts";

type Query = z.output<typeof errorGroupsQuerySchema>;
type Listed = z.input<typeof errorGroupsSchema>;
type Standing = z.input<typeof errorStandingSchema>;
type Names = Awaited<ReturnType<WorkspaceServices["agents"]["names"]>>;

export interface Errors {
  readonly list: (ws: number, query: Query) => Promise<Listed>;
  /** @throws Fault `not_found` */
  readonly mark: (entered: Entered, id: string, state: ErrorState) => Promise<Standing>;
  /** The numbers of those that failed of it. @throws Fault `not_found` */
  readonly numbersOf: (ws: number, id: string) => Promise<readonly number[]>;
}

export interface ErrorNeeds extends Pick<WorkspaceServices, "agents" | "errorMarks"> {
  readonly store: Pick<Store, "heavy">;
  readonly clock: Clock;
}

const LONGEST = RANGES["30d"];

export function openErrors(needs: ErrorNeeds): Errors {
  return {
    list: (ws, query) => list(needs, ws, query),
    mark: (entered, id, state) => mark(needs, entered, id, state),
    numbersOf: async (ws, id) => {
      const group = await find(needs, ws, id);
      if (group === undefined && (await needs.errorMarks.find(ws, id)) === undefined)
        throw unknown(id);
      return group?.failures.map(({ no }) => no) ?? [];
    },
  };
}

function find({ store, clock }: ErrorNeeds, ws: number, id: string) {
  return findErrorGroup(store, id, { ws, since: clock.now() - LONGEST });
}

function unknown(id: string): Fault {
  return new Fault("not_found", `Nothing has failed of ${id} in the last 30 days`, {
    suggestion: "GET …/executions/errors lists what has failed, with its ids",
  });
}

async function list(
  { store, clock, agents, errorMarks }: ErrorNeeds,
  ws: number,
  { kind, dateRange, state }: Query,
): Promise<Listed> {
  const span: Span = { until: clock.now(), ms: RANGES[dateRange] };
  const since = span.until - span.ms;
  const { groups, lookedBackTo } = await readErrorGroups(store, { ws, kind, since });
  const marks = await errorMarks.list(ws);
  const standing = groups.map((group) => ({
    group,
    ...standingOf(group.id, group.lastSeen, marks.get(group.id)),
  }));
  const shown = standing.filter((one) => state === "all" || one.state === state);
  const names = await agents.names(
    shown.flatMap(({ group }) => group.failures.map(({ agent }) => agent)),
  );
  return {
    items: shown.map(({ group, ...stands }) => ({ ...stands, ...show(group, names, span) })),
    totals: totalsOf(standing.map((one) => one.state)),
    lookedBackTo: showTimeOr(lookedBackTo),
  };
}

function standingOf(id: string, lastSeen: number | null, said: ErrorMark | undefined): Standing {
  const seenAgain = isSeenAgain(said, lastSeen);
  return {
    id,
    state: said === undefined || seenAgain ? "open" : said.state,
    seenAgain,
    mark: said === undefined ? null : { ...said, at: showTime(said.at) },
  };
}

function totalsOf(states: readonly ErrorState[]): Listed["totals"] {
  const counts = ERROR_STATES.map((state) => [state, states.filter((one) => one === state).length]);
  return Object.fromEntries(counts) as Listed["totals"];
}

function show(
  { kind, code, message, suggestion, firstSeen, lastSeen, failures }: ErrorGroup,
  names: Names,
  span: Span,
): Omit<Listed["items"][number], keyof Standing> {
  return {
    kind,
    code,
    message,
    suggestion,
    count: failures.length,
    counts: countsOf(
      failures.map(({ endedAt }) => endedAt),
      span,
    ),
    firstSeen: showTime(firstSeen),
    lastSeen: showTime(lastSeen),
    executionId: failures[0]?.id as ExecutionId,
    agents: mostFrequent(failures.map(({ agent }) => agent)).flatMap((no) => {
      const name = names.get(no);
      return name === undefined ? [] : [{ id: name.id, name: name.name, deleted: name.deleted }];
    }),
  };
}

interface Span {
  readonly until: number;
  readonly ms: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How many fall into each part of a span: hours of a day, days of more. */
export function countsOf(times: readonly number[], { until, ms }: Span): number[] {
  const part = ms > DAY ? DAY : HOUR;
  const counts = Array.from({ length: ms / part }, () => 0);
  for (const at of times) {
    const place = Math.min(counts.length - 1, Math.floor((at - (until - ms)) / part));
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

function mostFrequent(nos: readonly number[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const no of nos) counts.set(no, (counts.get(no) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([no]) => no);
}

async function mark(
  needs: ErrorNeeds,
  entered: Entered,
  id: string,
  state: ErrorState,
): Promise<Standing> {
  const { errorMarks } = needs;
  const ws = entered.workspace.no;
  const group = await find(needs, ws, id);
  if (group === undefined && (await errorMarks.find(ws, id)) === undefined) throw unknown(id);
  const lastSeen = group?.lastSeen ?? null;
  const errors = { id, message: group?.message ?? null, lastSeen };
  if (state === "open") {
    await errorMarks.remove(entered, errors);
    return standingOf(id, lastSeen, undefined);
  }
  return standingOf(id, lastSeen, await errorMarks.put(entered, errors, state));
}
