/** What had ended while nobody watched: a process is gone at once, its end is on record a moment later. */
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { readLaunch } from "#agent-cli/supervisor/launch.ts";
import { isAlive, type Processes } from "#agent-cli/supervisor/processes.ts";
import type { Clock } from "#domain/clock.ts";
import type { Engine } from "#engine/engine.ts";
import type { Ledger } from "#ledger/ledger.ts";

export interface CatchUpNeeds {
  /** Where the files of all rounds are. */
  readonly folder: string;
  readonly ledger: Pick<Ledger, "store">;
  readonly engine: Pick<Engine, "result">;
  readonly processes: Processes;
  readonly clock: Clock;
}

/** Nobody is kept waiting longer: who asks then is told that it still runs. */
const LONGEST_MS = 5000;

/** Settles when the ends of those are on record whose process is gone. */
export async function catchUp(needs: CatchUpNeeds): Promise<void> {
  const { ledger, engine, clock } = needs;
  const running = await ledger.store.db
    .selectFrom("live")
    .select("id")
    .where("kind", "=", "invocation")
    .where("state", "=", "running")
    .execute();
  const gone = running.filter(({ id }) => isGone(needs, id));
  if (gone.length === 0) return;
  const late = Promise.withResolvers<void>();
  const disarm = clock.at(clock.now() + LONGEST_MS, late.resolve);
  // How each ended is for whoever asks; that it has is all that is waited for.
  await Promise.race([Promise.allSettled(gone.map(({ id }) => engine.result(id))), late.promise]);
  disarm();
}

function isGone({ folder, processes }: CatchUpNeeds, id: string): boolean {
  const leader = lastLeader(join(folder, id));
  return leader !== undefined && !isAlive(processes, leader);
}

function lastLeader(rounds: string) {
  const last = Math.max(0, ...namesIn(rounds).map(Number).filter(Number.isInteger));
  return readLaunch(join(rounds, String(last)))?.leader ?? undefined;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // nothing was started
  }
}
