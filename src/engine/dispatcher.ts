/**
 * Who looks next, in one process: it claims what is due from the store, as much as there is room for.
 * It keeps nothing but the time of the next look, so a parked execution costs no memory here, and
 * losing it loses nothing.
 */
import type { Clock } from "#domain/clock.ts";
import type { Claimed, Owner } from "#ledger/items.ts";
import type { Ledger } from "#ledger/ledger.ts";

export interface Dispatcher {
  /** Something can be claimed from that time on. */
  readonly dueAt: (at: number) => void;
  /** Room was made, or may have been. */
  readonly look: () => void;
  readonly stop: () => Promise<void>;
}

export interface DispatcherOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly owner: Owner;
  /** How many more executions may run now. */
  readonly room: () => number;
  readonly run: (claimed: Claimed) => void;
  readonly failed: (error: unknown) => void;
}

const CLAIMED_AT_ONCE = 256;
/** Finds what is due although nobody said so: what another process wrote. */
const SWEEP_MS = 1000;

export function openDispatcher(options: DispatcherOptions): Dispatcher {
  const { ledger, clock, owner, room, run, failed } = options;
  let next = Number.POSITIVE_INFINITY;
  let disarm: (() => void) | undefined;
  let claiming: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  async function claim(): Promise<void> {
    do {
      again = false;
      const limit = Math.min(room(), CLAIMED_AT_ONCE);
      if (limit <= 0) return;
      const at = clock.now();
      const claimed = await ledger.append({ op: "claim", owner, at, limit });
      for (const one of claimed) run(one);
      if (claimed.length === limit) again = true;
    } while (again && !stopped);
    const due = await ledger.nextDue();
    if (due !== null) dueAt(due);
  }

  function look(): void {
    if (stopped) return;
    if (claiming !== undefined) {
      again = true;
      return;
    }
    claiming = claim()
      .catch(failed)
      .finally(() => {
        claiming = undefined;
        if (again) look();
      });
  }

  function dueAt(at: number): void {
    if (at >= next || stopped) return;
    next = at;
    disarm?.();
    disarm = clock.at(at, () => {
      next = Number.POSITIVE_INFINITY;
      look();
    });
  }

  let disarmSweep: (() => void) | undefined;
  function sweep(): void {
    disarmSweep = clock.at(clock.now() + SWEEP_MS, () => {
      look();
      void claiming?.finally(sweepOn);
    });
  }
  function sweepOn(): void {
    if (!stopped) sweep();
  }
  sweep();

  return {
    dueAt,
    look,
    stop: async () => {
      stopped = true;
      disarm?.();
      disarmSweep?.();
      await claiming;
    },
  };
}
