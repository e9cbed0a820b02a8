/** A dashboard: how it went over some days, day by day, agent by agent, and in as many days before. */
import { phaseOfState, type Phase } from "#domain/kinds.ts";
import { addEncoded, type Sketch } from "#domain/sketch.ts";
import type { Store } from "#store/store.ts";

import {
  countOpen,
  type Days,
  type Durations,
  firstDay,
  type NamedSum,
  type OpenCounts,
  readCosts,
  readDurations,
  readStates,
  readTotals,
  type SumBy,
} from "./reads.ts";
import { type Rates, ratesOf, type StateSum, summarize, type Summary } from "./summary.ts";

const RANGES = { "7d": 7, "30d": 30, "90d": 90, all: null } as const;
export type RangeName = keyof typeof RANGES;

export interface DashboardQuery {
  readonly ws: number;
  readonly agent?: number | undefined;
  readonly range: RangeName;
  /** Days since 1970-01-01 in the workspace's zone. */
  readonly today: number;
}

export interface DaySummary extends Rates {
  readonly day: number;
  readonly executions: number;
  /** Nano-dollars that are known. */
  readonly cost: number | null;
}

export interface Dashboard {
  readonly days: Days;
  readonly totals: Summary;
  /** Of as many days before; null where all are looked at. */
  readonly before: Summary | null;
  /** Every day, also those without anything. */
  readonly byDay: readonly DaySummary[];
  /** Those that have done anything. */
  readonly byAgent: readonly (Summary & { readonly agent: number })[];
  readonly open: {
    readonly executions: number;
    readonly byPhase: Readonly<Partial<Record<Phase, number>>>;
    readonly isWhole: boolean;
  };
}

type Reading = Pick<Store, "db" | "heavy">;

export async function readDashboard(store: Reading, query: DashboardQuery): Promise<Dashboard> {
  const { ws, agent } = query;
  const [days, before] = await daysOf(store, query);
  const scope = { ws, agent, ...days };
  const both = { ...scope, from: before?.from ?? days.from };
  const [states, ofAgents, totals, durations, costs, open] = await Promise.all([
    readStates(store, both, "start"),
    readStates(store, scope, "agent"),
    readTotals(store, both, days.from),
    readDurations(store, both, days.from),
    readCosts(store, scope),
    countOpen(store, ws, agent),
  ]);
  const isNow = ({ isBefore }: { readonly isBefore: boolean }): boolean => !isBefore;
  const now = { totals: totals.filter(isNow), durations: durations.filter(isNow) };
  const past = {
    totals: totals.filter(({ isBefore }) => isBefore),
    durations: durations.filter(({ isBefore }) => isBefore),
  };
  return {
    days,
    totals: sumUp(within(states, days), now),
    before: before === null ? null : sumUp(within(states, before), past),
    byDay: eachDay(states, costs, days),
    byAgent: eachAgent(ofAgents, now),
    open: openOf(open),
  };
}

interface Named {
  readonly totals: readonly NamedSum[];
  readonly durations: readonly Durations[];
}

function sumUp(states: readonly StateSum[], { totals, durations }: Named): Summary {
  const sketch: Sketch = [];
  for (const { counts } of durations) addEncoded(sketch, counts);
  return summarize({ states, totals: totals.map(({ total }) => total), durations: sketch });
}

async function daysOf(
  store: Reading,
  { ws, range, today }: DashboardQuery,
): Promise<readonly [Days, Days | null]> {
  const length = RANGES[range];
  if (length === null) return [{ from: (await firstDay(store, ws)) ?? today, to: today }, null];
  const from = today - length + 1;
  return [
    { from, to: today },
    { from: from - length, to: from - 1 },
  ];
}

function within(states: readonly SumBy[], { from, to }: Days): readonly SumBy[] {
  return states.filter(({ by }) => by >= from && by <= to);
}

function eachDay(
  sums: readonly SumBy[],
  costs: ReadonlyMap<number, number>,
  { from, to }: Days,
): readonly DaySummary[] {
  const states = Map.groupBy(sums, ({ by }) => by);
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const day = from + index;
    const ofDay = states.get(day) ?? [];
    const executions = ofDay.reduce((sum, { n }) => sum + n, 0);
    return { day, executions, ...ratesOf(ofDay), cost: costs.get(day) ?? null };
  });
}

function eachAgent(sums: readonly SumBy[], named: Named): Dashboard["byAgent"] {
  const totals = Map.groupBy(named.totals, ({ agent }) => agent);
  const durations = Map.groupBy(named.durations, ({ agent }) => agent);
  return [...Map.groupBy(sums, ({ by }) => by)].map(([agent, states]) => ({
    agent,
    ...sumUp(states, {
      totals: totals.get(agent) ?? [],
      durations: durations.get(agent) ?? [],
    }),
  }));
}

function openOf({ states, isWhole }: OpenCounts): Dashboard["open"] {
  const byPhase: Partial<Record<Phase, number>> = {};
  for (const { state, n } of states) {
    const phase = phaseOfState(state) ?? "pending";
    byPhase[phase] = (byPhase[phase] ?? 0) + n;
  }
  return { executions: states.reduce((sum, { n }) => sum + n, 0), byPhase, isWhole };
}
