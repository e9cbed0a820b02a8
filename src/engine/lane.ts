/** What a lane is started with, how it can leave memory, and what it can wait for. */
import type { Clock } from "#domain/clock.ts";
import type { Ledger } from "#ledger/ledger.ts";

import type { History } from "./history.ts";
import type { Stream } from "./stream.ts";

export type LaneOutcome =
  | { readonly type: "returned"; readonly value: unknown }
  | { readonly type: "threw"; readonly error: unknown }
  | { readonly type: "canceled"; readonly by: string; readonly reason?: string }
  | { readonly type: "parked"; readonly due: number | null }
  | { readonly type: "blocked"; readonly path: string }
  | { readonly type: "lost"; readonly error: unknown };

export interface Wait {
  /** When it may be over by itself. */
  readonly due?: number;
  /** Whether it is over now; if so it records why. */
  readonly ready: (now: number) => boolean;
}

export interface LaneStart {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly stream: Stream;
  readonly history: History;
  /** It was in the store before it came into memory: what was said to it since its claim, nobody here has heard. */
  readonly claimed: boolean;
  /** Whether the history holds anything that the function will ask for again. */
  readonly replaying: boolean;
  readonly waiting: boolean;
  /** It was blocked when it was claimed; the mark goes when its replay matches. */
  readonly blocked?: boolean;
  /** What goes with parking and with going on: the guard that a waiting execution gives back. */
  readonly guards?: readonly string[];
  /** How long what is under way may take to end when it is canceled. */
  readonly graceMs?: number;
  /** Tells its children the last word on whether it may go on; a repeat changes nothing. */
  readonly passOn?: () => Promise<void>;
  /** An inbox entry of a kind that not every lane knows; it is consumed by whoever puts it on record. */
  readonly onInbox?: (kind: string, body: unknown, seq: number) => void;
}

/** How long a canceled step may take to end; then its lane ends without it. Lane 0 ends after the others. */
const CANCEL_GRACE_MS = 10_000;
const CANCEL_GRACE_OF_ALL_MS = 11_000;
/** For work outside that is ended in steps. */
export const CLOSING_GRACE_MS = 60_000;

export function cancelGraceMs({ graceMs, stream: { lane } }: LaneStart): number {
  return graceMs ?? (lane === 0 ? CANCEL_GRACE_OF_ALL_MS : CANCEL_GRACE_MS);
}

export const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** The waits that are open in a lane, by path. */
export interface Waits {
  readonly size: () => number;
  readonly paths: () => readonly string[];
  /** When the first of them may be over by itself. */
  readonly due: () => number | null;
  readonly add: (path: string, wait: Wait, resolve: () => void) => void;
  /** Takes out the waits that are over, one by one. */
  readonly take: (now: number, over: (resolve: () => void) => void) => void;
  readonly clear: () => void;
}

export function openWaits(): Waits {
  const open = new Map<string, { readonly wait: Wait; readonly resolve: () => void }>();
  return {
    size: () => open.size,
    paths: () => [...open.keys()],
    due: () => {
      let first: number | null = null;
      for (const { wait } of open.values()) {
        if (wait.due !== undefined && (first === null || wait.due < first)) first = wait.due;
      }
      return first;
    },
    add: (path, wait, resolve) => {
      open.set(path, { wait, resolve });
    },
    take: (now, over) => {
      for (const [path, { wait, resolve }] of open) {
        if (!wait.ready(now)) continue;
        open.delete(path);
        over(resolve);
      }
    },
    clear: () => {
      open.clear();
    },
  };
}
