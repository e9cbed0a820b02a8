/** A person lets go on what is held: after a restore, or because the machine's clock jumped. */
import { Fault } from "#domain/fault.ts";
import type { SteadyClock } from "#domain/steady-clock.ts";
import { readHold, releaseHold } from "#ledger/hold.ts";
import type { Ledger } from "#ledger/ledger.ts";

export interface Released {
  /** How many executions were held. */
  readonly executions: number;
  /** How far the machine's clock, which is followed from now on, was ahead. */
  readonly clockAheadMs: number;
}

/** @throws Fault `conflict` where nothing is held */
export async function release(
  ledger: Pick<Ledger, "store">,
  clock: Partial<Pick<SteadyClock, "ahead" | "follow">>,
): Promise<Released> {
  const clockAheadMs = clock.ahead?.() ?? 0;
  const hold = await readHold(ledger);
  if (hold === undefined && clockAheadMs === 0) throw nothingHeld();
  if (clockAheadMs !== 0) clock.follow?.();
  if (hold !== undefined) await releaseHold(ledger);
  return { executions: hold?.executions ?? 0, clockAheadMs };
}

function nothingHeld(): Fault {
  return new Fault("conflict", "Nothing is held", {
    suggestion:
      "What was open in a backup is held after `stint restore`, and what is due only because the clock jumped",
  });
}
