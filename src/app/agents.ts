/** What runs. */
import type { Logger } from "pino";

import type { ActionNeeds } from "#actions/needs.ts";
import type { BulkProgram } from "#api/executions/bulk.ts";
import { automation } from "#drivers/automation/automation.ts";
import { type Begins, openBegins } from "#drivers/automation/begin.ts";
import { type Engine, openEngine } from "#engine/engine.ts";
import type { Ledger } from "#ledger/ledger.ts";

import { engineLog, type Kept } from "./kept.ts";

/** What the sandbox writes as the sender; a connected account has its own. */
const SENDER = "agent@stint.example";

/** Of the 1,000 executions that run at once: one workspace or agent leaves room for the others. */
const SHARES = { workspace: 500, agent: 250 } as const;

export interface Agents {
  readonly engine: Engine;
  /** @param ledger where what is retried is read, archived or not */
  readonly beginsReading: (ledger: Ledger) => Begins;
}

export async function openAgents(
  { ledger, clock, store, workspace, mail, dayOf }: Kept,
  many: BulkProgram,
  log: Logger,
  closing: AsyncDisposableStack,
): Promise<Agents> {
  const needs: ActionNeeds = { ...workspace, store, clock, mail, senderOf: () => SENDER };
  const program = automation(needs);
  const engine = await openEngine({
    ledger,
    clock,
    dayOf,
    programs: [program, many],
    limits: { ...SHARES, rates: workspace.agents.startRates },
    log: engineLog(log),
  });
  closing.defer(() => engine.stop());
  const { breakers } = workspace;
  return {
    engine,
    beginsReading: (from) => openBegins({ ...needs, breakers, engine, ledger: from, program }),
  };
}
