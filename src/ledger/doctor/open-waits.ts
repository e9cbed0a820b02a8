/** What a lane waits for, as its facts have it: who could ever move it on. */
import type { Fact, FactType, FactOf } from "#domain/facts.ts";

import type { Entry } from "../ledger.ts";

export interface OpenWait {
  readonly of: "time" | "signal" | "child" | "lanes";
  /** When it is over by itself. */
  readonly due?: number;
  readonly child?: string;
  readonly first?: number;
  readonly last?: number;
}

export type OpenWaits = ReadonlyMap<string, OpenWait>;
type Waits = Map<string, OpenWait>;
type Notes = {
  readonly [T in FactType]?: (waits: Waits, fact: FactOf<T>) => void;
};

const over = (waits: Waits, { path }: { readonly path: string }): void => {
  waits.delete(path);
};

/** What was carried over is no wait of its own until the lane comes to it, which it need not. */
const NOTES: Notes = {
  timerSet: (waits, { path, until }) => waits.set(path, { of: "time", due: until }),
  timerFired: over,
  awaited: (waits, { path, until }) =>
    waits.set(path, { of: "signal", ...(until !== undefined && { due: until }) }),
  signalTaken: over,
  signalTimedOut: over,
  stepFailed: (waits, { path, retryAt, unknown }) => {
    if (unknown === true || retryAt === undefined) waits.delete(path);
    else waits.set(path, { of: "time", due: retryAt });
  },
  stepDone: over,
  stepUncertain: over,
  childStarted: (waits, { path, id }) => waits.set(path, { of: "child", child: id }),
  childEnded: over,
  lanesOpened: (waits, { path, first, count }) =>
    waits.set(path, { of: "lanes", first, last: first + count - 1 }),
  lanesClosed: over,
};

export function openWaits(entries: readonly Entry[]): OpenWaits {
  const waits: Waits = new Map();
  for (const { facts } of entries) for (const fact of facts) note(waits, fact);
  return waits;
}

function note(waits: Waits, fact: Fact): void {
  const noted = NOTES[fact.t] as ((waits: Waits, fact: Fact) => void) | undefined;
  noted?.(waits, fact);
}
