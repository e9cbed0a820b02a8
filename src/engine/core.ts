/** What all parts of one engine share. */
import type { Clock } from "#domain/clock.ts";
import type { Owner } from "#ledger/items.ts";
import type { Ledger } from "#ledger/ledger.ts";

import type { LaneRun } from "./lane-run.ts";
import type { Programs } from "./programs.ts";

/** Where bugs and mismatches are told; facts and codes only, never people's data. */
export interface EngineLog {
  readonly warn: (message: string, facts: Readonly<Record<string, unknown>>) => void;
}

export interface Core {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly owner: Owner;
  readonly programs: Programs;
  readonly log: EngineLog;
  readonly random: () => number;
  /** Days since 1970-01-01 of a moment in a workspace's zone. */
  readonly dayOf: (ws: number, at: number) => number;
  /** Something can be claimed from that time on. */
  readonly dueAt: (at: number) => void;
  /** Lanes in memory, so that what comes into an inbox is read at once. */
  readonly inMemory: InMemory;
  /** Tells an open execution, as a signal does; a repeat with the same key changes nothing. */
  readonly tell: (id: string, kind: string, body: unknown, key?: string) => Promise<boolean>;
}

export interface InMemory {
  readonly add: (no: number, lane: number, run: Hinted) => void;
  readonly remove: (no: number, lane: number) => void;
  /** Every execution's driver looks into its inbox. */
  readonly hintAll: () => void;
  /** Whether the lane was there to be told. */
  readonly hint: (no: number, lane: number) => boolean;
}
type Hinted = Pick<LaneRun, "hint">;

export function openInMemory(): InMemory {
  const lanes = new Map<number, Map<number, Hinted>>();
  return {
    add: (no, lane, run) => {
      const of = lanes.get(no) ?? new Map<number, Hinted>();
      lanes.set(no, of.set(lane, run));
    },
    remove: (no, lane) => {
      const of = lanes.get(no);
      of?.delete(lane);
      if (of?.size === 0) lanes.delete(no);
    },
    hintAll: () => {
      for (const of of lanes.values()) of.get(0)?.hint();
    },
    hint: (no, lane) => {
      const run = lanes.get(no)?.get(lane);
      run?.hint();
      return run !== undefined;
    },
  };
}
