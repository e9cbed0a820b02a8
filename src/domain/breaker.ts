/**
 * A circuit breaker. Closed lets everything through; what goes wrong trips it; open lets nothing through
 * until it has rested, for a time or until somebody says so; half open it is closed again by the first
 * that passes, and tripped again by the first that does not.
 */
import { machine, type Machine } from "./machine.ts";

export type BreakerState = "closed" | "open" | "halfOpen";
export type BreakerFact = "tripped" | "rested" | "passed";

export const BREAKER: Machine<BreakerState, BreakerFact> = machine("closed", {
  closed: { tripped: "open" },
  open: { rested: "halfOpen" },
  halfOpen: { passed: "closed", tripped: "open" },
});

export interface Breaker {
  readonly state: BreakerState;
  /** Until when an open one rests; null: until somebody says so. */
  readonly until: number | null;
}

export const CLOSED: Breaker = { state: BREAKER.initial, until: null };

/** Its state at that time: one whose rest is over is half open. */
export function stateAt({ state, until }: Breaker, at: number): BreakerState {
  const isRested = state === "open" && until !== null && until <= at;
  return isRested ? "halfOpen" : state;
}

export function letsThrough(breaker: Breaker, at: number): boolean {
  return stateAt(breaker, at) !== "open";
}

/** What follows; undefined where that cannot happen. @param until with `tripped`: how long it rests */
export function afterFact(
  breaker: Breaker,
  fact: BreakerFact,
  at: number,
  until: number | null = null,
): Breaker | undefined {
  const state = BREAKER.next(stateAt(breaker, at), fact);
  return state && { state, until: state === "open" ? until : null };
}
