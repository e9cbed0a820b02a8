/**
 * What is known of an execution (lane 0 of its streams), folded from its facts. The owner evolves it
 * beside every append, a rebuild folds it from nothing; both use this function, so both agree.
 */
import type { CreatedFact, Fact, FactOf, Figures, FactType } from "./facts.ts";
import { hasEnded, KINDS, nextState, phaseOf } from "./kinds.ts";
import { addSpending, type Spending, spendingOf } from "./spending.ts";

export interface Execution {
  readonly created: CreatedFact;
  /** The version of its program that it is on. */
  readonly driverVersion: string;
  readonly state: string;
  readonly createdAt: number;
  readonly startedAt: number | null;
  /** When it was opened again last. */
  readonly reopenedAt: number | null;
  readonly waitingSince: number | null;
  /** Who paused it, until it may go on. */
  readonly pausedBy: string | null;
  /** Milliseconds spent waiting for timers and people, or paused, so far. */
  readonly waitedMs: number;
  readonly endedAt: number | null;
  readonly steps: number;
  readonly retries: number;
  readonly warnings: number;
  readonly errorCode: string | null;
  readonly figures: Figures | null;
  /** Null: nothing was spent. */
  readonly spending: Spending | null;
}

export function createExecution(created: CreatedFact, at: number): Execution {
  return {
    created,
    driverVersion: created.driverVersion,
    state: KINDS[created.kind].machine.initial,
    createdAt: at,
    startedAt: null,
    reopenedAt: null,
    waitingSince: null,
    pausedBy: null,
    waitedMs: 0,
    endedAt: null,
    steps: 0,
    retries: 0,
    warnings: 0,
    errorCode: null,
    figures: null,
    spending: null,
  };
}

type Evolves = {
  readonly [T in FactType]?: (execution: Execution, fact: FactOf<T>, at: number) => Execution;
};

const step = (execution: Execution): Execution => ({ ...execution, steps: execution.steps + 1 });

/** What each fact changes; the others leave the execution as it is. */
const EVOLVES: Evolves = {
  started: move,
  waiting: move,
  resumed: move,
  reopened: reopen,
  canceled: move,
  skipped: move,
  completed: (execution, fact, at) =>
    end(move(execution, fact, at), fact.figures, fact.warnings, null),
  failed: (execution, fact, at) =>
    end(move(execution, fact, at), fact.figures, fact.warnings, fact.fault.code),
  pauseAsked: (execution, { by }, at) => ({
    ...execution,
    pausedBy: by,
    waitingSince: execution.waitingSince ?? (execution.startedAt === null ? null : at),
  }),
  resumeAsked: resume,
  stepDone: step,
  stepFailed: (execution, { retryAt }) =>
    retryAt === undefined ? step(execution) : { ...execution, retries: execution.retries + 1 },
  stepUncertain: (execution) => ({ ...execution, warnings: execution.warnings + 1 }),
  upgraded: (execution, { driverVersion }) => ({ ...execution, driverVersion }),
  lanesClosed: (execution, { steps, retries, spending }) => ({
    ...execution,
    steps: execution.steps + steps,
    retries: execution.retries + retries,
    spending: addSpending(execution.spending, spending),
  }),
  spent: (execution, fact) => ({
    ...execution,
    spending: addSpending(execution.spending, spendingOf(fact)),
  }),
};

/** The execution after one more fact. A fact that its machine does not know there leaves the state as it is. */
export function evolve(execution: Execution, fact: Fact, at: number): Execution {
  const change = EVOLVES[fact.t] as
    | ((execution: Execution, fact: Fact, at: number) => Execution)
    | undefined;
  return change === undefined ? execution : change(execution, fact, at);
}

export function evolveAll(execution: Execution, facts: readonly Fact[], at: number): Execution {
  let next = execution;
  for (const fact of facts) next = evolve(next, fact, at);
  return next;
}

function move(execution: Execution, fact: Fact, at: number): Execution {
  const { kind } = execution.created;
  const state = nextState(kind, execution.state, fact.t);
  if (state === undefined) return execution;
  const waited = execution.waitingSince === null ? 0 : at - execution.waitingSince;
  return {
    ...execution,
    state,
    startedAt: fact.t === "started" ? timeOf(execution, fact, at) : execution.startedAt,
    waitingSince: fact.t === "waiting" || execution.pausedBy !== null ? at : null,
    waitedMs: execution.waitedMs + waited,
    endedAt: hasEnded(kind, state) ? timeOf(execution, fact, at) : null,
  };
}

/** When it happened: before it was put on record, where the fact says so, but never before what came before it. */
function timeOf({ createdAt, startedAt, reopenedAt }: Execution, fact: Fact, at: number): number {
  const when = "when" in fact && fact.when !== undefined ? fact.when : at;
  return Math.min(at, Math.max(when, startedAt ?? createdAt, reopenedAt ?? createdAt));
}

/** Between its end and now it waited; whatever was said to it before is over. */
function reopen(execution: Execution, fact: FactOf<"reopened">, at: number): Execution {
  const { created, state: before, startedAt, endedAt, waitedMs } = execution;
  const state = nextState(created.kind, before, fact.t);
  if (state === undefined) return execution;
  const since = startedAt === null ? null : endedAt;
  const when = Math.min(at, Math.max(fact.when ?? at, endedAt ?? execution.createdAt));
  return {
    ...execution,
    state,
    startedAt: startedAt ?? when,
    reopenedAt: when,
    waitingSince: null,
    pausedBy: null,
    waitedMs: waitedMs + (since === null ? 0 : when - since),
    endedAt: null,
    errorCode: null,
  };
}

/** What it waited for before it was paused it waits for still. */
function resume(execution: Execution, _fact: FactOf<"resumeAsked">, at: number): Execution {
  const { waitingSince, created, state } = execution;
  if (waitingSince === null || phaseOf(created.kind, state) === "waiting")
    return { ...execution, pausedBy: null };
  const waitedMs = execution.waitedMs + at - waitingSince;
  return { ...execution, pausedBy: null, waitingSince: null, waitedMs };
}

function end(
  execution: Execution,
  figures: Figures | undefined,
  warnings: number | undefined,
  errorCode: string | null,
): Execution {
  return {
    ...execution,
    figures: figures ?? execution.figures,
    warnings: execution.warnings + (warnings ?? 0),
    errorCode,
  };
}

/** Time from start to end; null while it is open or never started. */
export function durationMs(execution: Execution): number | null {
  const { startedAt, endedAt } = execution;
  return startedAt === null || endedAt === null ? null : endedAt - startedAt;
}
