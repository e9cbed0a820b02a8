/**
 * What is known of an execution (lane 0 of its streams), folded from its facts. The owner evolves it
 * beside every append, a rebuild folds it from nothing; both use this function, so both agree.
 */
import type { CreatedFact, Fact, Figures } from "./facts.ts";
import { hasEnded, KINDS, nextState } from "./kinds.ts";

export interface Execution {
  readonly created: CreatedFact;
  readonly state: string;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly waitingSince: number | null;
  /** Milliseconds spent waiting for timers and people, so far. */
  readonly waitedMs: number;
  readonly endedAt: number | null;
  readonly steps: number;
  readonly retries: number;
  readonly warnings: number;
  readonly errorCode: string | null;
  readonly figures: Figures | null;
}

export function createExecution(created: CreatedFact, at: number): Execution {
  return {
    created,
    state: KINDS[created.kind].machine.initial,
    createdAt: at,
    startedAt: null,
    waitingSince: null,
    waitedMs: 0,
    endedAt: null,
    steps: 0,
    retries: 0,
    warnings: 0,
    errorCode: null,
    figures: null,
  };
}

/** The execution after one more fact. A fact that its machine does not know there leaves the state as it is. */
export function evolve(execution: Execution, fact: Fact, at: number): Execution {
  switch (fact.t) {
    case "stepDone":
      return { ...execution, steps: execution.steps + 1 };
    case "stepFailed":
      return fact.retryAt === undefined
        ? { ...execution, steps: execution.steps + 1 }
        : { ...execution, retries: execution.retries + 1 };
    case "stepUncertain":
      return { ...execution, warnings: execution.warnings + 1 };
    case "lanesClosed":
      return {
        ...execution,
        steps: execution.steps + fact.steps,
        retries: execution.retries + fact.retries,
      };
    case "completed":
      return end(move(execution, fact, at), fact.figures, fact.warnings, null);
    case "failed":
      return end(move(execution, fact, at), fact.figures, fact.warnings, fact.fault.code);
    case "created":
    case "laneOpened":
    case "timerSet":
    case "timerFired":
    case "awaited":
    case "signaled":
    case "signalTaken":
    case "signalTimedOut":
    case "childStarted":
    case "childEnded":
    case "lanesOpened":
    case "noted":
    case "cancelAsked":
    case "stepIntended":
      return execution;
    case "started":
    case "waiting":
    case "resumed":
    case "canceled":
    case "skipped":
      return move(execution, fact, at);
  }
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
    startedAt: fact.t === "started" ? at : execution.startedAt,
    waitingSince: fact.t === "waiting" ? at : null,
    waitedMs: execution.waitedMs + waited,
    endedAt: hasEnded(kind, state) ? at : null,
  };
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
