/** A dashboard: how it went over some days, day by day, agent by agent, and in as many days before. */
import { phaseOfState, type Phase } from "#domain/kinds.ts";
import { SPENT } from "#ledger/contribution.ts";
import { addEncoded, type Sketch } from "#ledger/sketch.ts";
import type { Store } from "#store/store.ts";

import {
  countOpen,
  type Days,
  firstDay,
  type OpenCounts,
  readSketches,
  readStates,
  readTotals,
  type SumBy,
  type TotalBy,
} from "./reads.ts";
import { type Rates, ratesOf, summarize, type Summary } from "./summary.ts";

export const RANGES = { "7d": 7, "30d": 30, "90d": 90, all: null } as const;
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
  const [states, totals, ofAgents, totalsOfAgents, open, durations] = await Promise.all([
    readStates(store, both, "start"),
    readTotals(store, both, "start"),
    readStates(store, scope, "agent"),
    readTotals(store, scope, "agent"),
    countOpen(store, ws, agent),
    addSketches(store, both, days.from),
  ]);
  const sums = { states, totals };
  return {
    days,
    totals: summarize({ ...within(sums, days), durations: durations.now }),
    before:
      before === null ? null : summarize({ ...within(sums, before), durations: durations.before }),
    byDay: eachDay(sums, days),
    byAgent: eachAgent({ states: ofAgents, totals: totalsOfAgents }, durations.ofAgents),
    open: openOf(open),
  };
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

interface Durations {
  readonly now: Sketch;
  readonly before: Sketch;
  readonly ofAgents: Map<number, Sketch>;
}

async function addSketches(
  store: Reading,
  scope: Parameters<typeof readSketches>[1],
  from: number,
): Promise<Durations> {
  const durations: Durations = { now: new Map(), before: new Map(), ofAgents: new Map() };
  for await (const { start, agent, counts } of readSketches(store, scope)) {
    if (start < from) {
      addEncoded(durations.before, counts);
      continue;
    }
    const ofAgent: Sketch = durations.ofAgents.get(agent) ?? new Map<number, number>();
    durations.ofAgents.set(agent, ofAgent);
    addEncoded(ofAgent, counts);
    addEncoded(durations.now, counts);
  }
  return durations;
}

interface SumsBy {
  readonly states: readonly SumBy[];
  readonly totals: readonly TotalBy[];
}

function within({ states, totals }: SumsBy, { from, to }: Days) {
  const isIn = ({ by }: { readonly by: number }): boolean => by >= from && by <= to;
  return { states: states.filter(isIn), totals: totals.filter(isIn).map(({ total }) => total) };
}

function eachDay(sums: SumsBy, { from, to }: Days): readonly DaySummary[] {
  const states = Map.groupBy(sums.states, ({ by }) => by);
  const totals = Map.groupBy(sums.totals, ({ by }) => by);
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const day = from + index;
    const ofDay = states.get(day) ?? [];
    const cost = totals.get(day)?.find(({ total: [name] }) => name === SPENT.cost);
    return {
      day,
      executions: ofDay.reduce((sum, { n }) => sum + n, 0),
      ...ratesOf(ofDay),
      cost: cost?.total[1] ?? null,
    };
  });
}

function eachAgent(sums: SumsBy, durations: ReadonlyMap<number, Sketch>): Dashboard["byAgent"] {
  const states = Map.groupBy(sums.states, ({ by }) => by);
  const totals = Map.groupBy(sums.totals, ({ by }) => by);
  return [...states].map(([agent, ofAgent]) => ({
    agent,
    ...summarize({
      states: ofAgent,
      totals: (totals.get(agent) ?? []).map(({ total }) => total),
      durations: durations.get(agent) ?? new Map<number, number>(),
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
