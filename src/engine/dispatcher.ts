/**
 * Who looks next, in one process: it claims what is due from the store, as much as there is room for.
 * It keeps nothing but the time of the next look, so a parked execution costs no memory here, and
 * losing it loses nothing.
 */
import type { Clock } from "#domain/clock.ts";
import type { Claimed, Owner } from "#ledger/items.ts";
import type { Ledger } from "#ledger/ledger.ts";

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

export class Dispatcher {
  readonly #options: DispatcherOptions;
  #next = Number.POSITIVE_INFINITY;
  #disarm: (() => void) | undefined;
  #disarmSweep: (() => void) | undefined;
  #claiming: Promise<void> | undefined;
  #again = false;
  #isBehind = false;
  #stopped = false;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#sweep();
  }

  /** More is due than there was room for. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** Something can be claimed from that time on. */
  dueAt(at: number): void {
    if (at >= this.#next || this.#stopped) return;
    this.#next = at;
    this.#disarm?.();
    this.#disarm = this.#options.clock.at(at, () => {
      this.#next = Number.POSITIVE_INFINITY;
      this.look();
    });
  }

  /** Room was made, or may have been. */
  look(): void {
    if (this.#stopped) return;
    if (this.#claiming !== undefined) {
      this.#again = true;
      return;
    }
    this.#claiming = this.#claim()
      .catch(this.#options.failed)
      .finally(() => {
        this.#claiming = undefined;
        if (this.#again) this.look();
      });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#disarm?.();
    this.#disarmSweep?.();
    await this.#claiming;
  }

  async #claim(): Promise<void> {
    const { ledger, clock, owner, room, run } = this.#options;
    do {
      this.#again = false;
      const limit = Math.min(room(), CLAIMED_AT_ONCE);
      if (limit <= 0) {
        await this.#claimUrgent();
        return;
      }
      const claimed = await ledger.append({ op: "claim", owner, at: clock.now(), limit });
      for (const one of claimed) run(one);
      this.#isBehind = claimed.length === limit;
      if (this.#isBehind) this.#again = true;
    } while (this.#again && !this.#stopped);
    const due = await ledger.nextDue();
    if (due !== null) this.dueAt(due);
  }

  /** Who was told to stop or to pause needs no place, and what stops may be what holds all of them. */
  async #claimUrgent(): Promise<void> {
    const { ledger, clock, owner, run } = this.#options;
    if (this.#stopped || !(await ledger.hasUrgent())) return;
    const which = { op: "claim", owner, limit: CLAIMED_AT_ONCE, urgent: true } as const;
    const claimed = await ledger.append({ ...which, at: clock.now() });
    for (const one of claimed) run(one);
  }

  #sweep(): void {
    const { clock } = this.#options;
    this.#disarmSweep = clock.at(clock.now() + SWEEP_MS, () => {
      this.look();
      void this.#claiming?.finally(() => {
        if (!this.#stopped) this.#sweep();
      });
    });
  }
}
