/** How a running Stint is, for who operates it: what is held, whose time it goes by, how late it is, what room there is. */
import { statfs } from "node:fs/promises";

import type { SteadyClock } from "#domain/steady-clock.ts";
import { release, type Released } from "#engine/release.ts";
import { readHold, type Hold } from "#ledger/hold.ts";
import type { Ledger } from "#ledger/ledger.ts";

export interface System {
  readonly look: () => Promise<SystemState>;
  /** What a person should see to, as codes. */
  readonly attention: () => Promise<readonly Attention[]>;
  /**
   * Lets everything go on that is held, and takes the machine's clock for right.
   * @throws Fault `conflict` where nothing is held
   */
  readonly release: () => Promise<Released>;
}

export type Attention = "held" | "clock";

const ATTENTION: Readonly<Record<Attention, string>> = {
  held: "What was open in the backup that this folder was restored from is held: look at it, cancel what is over, then `stint release`",
  clock:
    "The machine's clock is not where the time that has passed would have it: see it right, or `stint release`",
};

export const sayAttention = (one: Attention): string => ATTENTION[one];

export interface SystemState {
  readonly hold: Hold | undefined;
  /** How far the machine's clock is ahead of Stint's time; 0: they go together. */
  readonly clockAheadMs: number;
  /** For how long the first of what is due has been waiting for a place. */
  readonly lateMs: number;
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number };
}

export interface SystemNeeds {
  readonly folder: string;
  readonly ledger: Ledger;
  readonly clock: SteadyClock;
}

export function openSystem({ folder, ledger, clock }: SystemNeeds): System {
  return {
    look: async () => {
      const [hold, due, disk] = await Promise.all([
        readHold(ledger),
        ledger.nextDue(),
        statfs(folder),
      ]);
      return {
        hold,
        clockAheadMs: clock.ahead(),
        lateMs: due === null ? 0 : Math.max(0, clock.now() - due),
        disk: { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize },
      };
    },
    attention: async () => [
      ...((await readHold(ledger)) === undefined ? [] : (["held"] as const)),
      ...(clock.ahead() === 0 ? [] : (["clock"] as const)),
    ],
    release: () => release(ledger, clock),
  };
}
