/** What runs. */
import type { Logger } from "pino";

import type { ActionNeeds } from "#actions/needs.ts";
import type { BulkProgram } from "#api/executions/bulk.ts";
import { automation } from "#drivers/automation/automation.ts";
import { type Begins, openBegins } from "#drivers/automation/begin.ts";
import { type Engine, openEngine } from "#engine/engine.ts";
import type { AnyProgram } from "#engine/program.ts";
import type { Ledger } from "#ledger/ledger.ts";

import { engineLog, type Kept } from "./kept.ts";

/** What the sandbox writes as the sender; a connected account has its own. */
const SENDER = "agent@stint.example";

/** How many executions run at once; more wait in the store. One workspace or agent leaves room for the others. */
export interface AtOnce {
  /** Default 1,000. */
  readonly all?: number | undefined;
  /** Default half of all. */
  readonly workspace?: number | undefined;
  /** Default a quarter of all. */
  readonly agent?: number | undefined;
}

export function placesOf({ all = 1000, workspace, agent }: AtOnce) {
  const share = (of: number): number => Math.max(1, Math.ceil(all / of));
  return { all, workspace: workspace ?? share(2), agent: agent ?? share(4) };
}

export interface Agents {
  readonly engine: Engine;
  /** @param ledger where what is retried is read, archived or not */
  readonly beginsReading: (ledger: Ledger) => Begins;
}

export async function openAgents(
  { ledger, clock, store, workspace, mail, dayOf }: Kept,
  many: BulkProgram,
  others: readonly AnyProgram[],
  atOnce: AtOnce,
  log: Logger,
  closing: AsyncDisposableStack,
): Promise<Agents> {
  const needs: ActionNeeds = { ...workspace, store, clock, mail, senderOf: () => SENDER };
  const program = automation(needs);
  const { all: concurrency, ...shares } = placesOf(atOnce);
  const engine = await openEngine({
    concurrency,
    ledger,
    clock,
    dayOf,
    programs: [program, many, ...others],
    limits: { ...shares, rates: workspace.agents.startRates },
    log: engineLog(log),
  });
  closing.defer(() => engine.stop());
  const { breakers } = workspace;
  return {
    engine,
    beginsReading: (from) => openBegins({ ...needs, breakers, engine, ledger: from, program }),
  };
}
