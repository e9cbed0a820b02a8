/** What some executions came to, from sums of their roll-ups: rates, averages, quantiles, money. Pure. */
import { phaseOfState } from "#domain/kinds.ts";
import { quantileOf, type Sketch } from "#domain/sketch.ts";
import { NO_TOKENS, TOKEN_KINDS, type Spending, type Tokens } from "#domain/spending.ts";
import { SPENT, type Total } from "#ledger/contribution.ts";

/** A sum of roll-ups of one state. */
export interface StateSum {
  readonly state: string;
  readonly n: number;
  readonly activeMs: number;
  readonly steps: number;
  readonly retries: number;
  readonly warnings: number;
}

export interface Summary {
  readonly executions: number;
  readonly byState: Readonly<Record<string, number>>;
  readonly succeeded: number;
  readonly failed: number;
  /** Over those that succeeded or failed, from 0 to 1; null: there are none. */
  readonly successRate: number | null;
  /** Time at work, without waiting, of those that succeeded or failed. */
  readonly averageMs: number | null;
  /** Of all that began. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly steps: number;
  readonly retries: number;
  readonly warnings: number;
  readonly figures: Readonly<Record<string, number>>;
  readonly spending: Spending | null;
}

export interface Sums {
  readonly states: readonly StateSum[];
  /** Each name may come several times. */
  readonly totals: readonly Total[];
  readonly durations: Sketch;
}

export function summarize({ states, totals, durations }: Sums): Summary {
  const decided = states.filter(({ state }) => isDecided(state));
  const named = addUp(totals);
  return {
    executions: sumOf(states, "n"),
    byState: Object.fromEntries(addUp(states.map(({ state, n }) => [state, n]))),
    ...ratesOf(states),
    averageMs: share(sumOf(decided, "activeMs"), sumOf(decided, "n"), Math.round),
    p50Ms: quantileOf(durations, 0.5),
    p95Ms: quantileOf(durations, 0.95),
    steps: sumOf(states, "steps"),
    retries: sumOf(states, "retries"),
    warnings: sumOf(states, "warnings"),
    figures: Object.fromEntries([...named].filter(([name]) => !NAMES_OF_SPENDING.has(name))),
    spending: spendingIn(named),
  };
}

export type Rates = Pick<Summary, "succeeded" | "failed" | "successRate">;

/** Canceled, skipped and open ones say nothing of success. */
export function ratesOf(states: readonly Pick<StateSum, "state" | "n">[]): Rates {
  const inPhase = (phase: string): number =>
    sumOf(
      states.filter(({ state }) => phaseOfState(state) === phase),
      "n",
    );
  const [succeeded, failed] = [inPhase("succeeded"), inPhase("failed")];
  return { succeeded, failed, successRate: share(succeeded, succeeded + failed) };
}

function isDecided(state: string): boolean {
  const phase = phaseOfState(state);
  return phase === "succeeded" || phase === "failed";
}

function sumOf<Key extends string>(
  rows: readonly Readonly<Record<Key, number>>[],
  key: Key,
): number {
  return rows.reduce((sum, row) => sum + row[key], 0);
}

function share(
  part: number,
  whole: number,
  show: (value: number) => number = (value) => value,
): number | null {
  return whole === 0 ? null : show(part / whole);
}

function addUp(totals: readonly Total[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [name, n] of totals) sums.set(name, (sums.get(name) ?? 0) + n);
  return sums;
}

const NAMES_OF_SPENDING: ReadonlySet<string> = new Set([
  SPENT.cost,
  SPENT.unknown,
  ...TOKEN_KINDS.map(SPENT.tokens),
]);

function spendingIn(named: ReadonlyMap<string, number>): Spending | null {
  if (![...named.keys()].some((name) => NAMES_OF_SPENDING.has(name))) return null;
  const entries = TOKEN_KINDS.map((kind) => [kind, named.get(SPENT.tokens(kind)) ?? 0]);
  const tokens: Tokens = { ...NO_TOKENS, ...Object.fromEntries(entries) };
  const unknown = named.get(SPENT.unknown) ?? 0;
  return { cost: named.get(SPENT.cost) ?? null, unknown, tokens };
}
