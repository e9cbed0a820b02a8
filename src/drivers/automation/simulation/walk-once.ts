/** One way through the plan: the real driver on the real engine, with a ledger in memory over the store. */
import type { ActionNeeds } from "#actions/needs.ts";
import type { Engine } from "#engine/engine.ts";
import { openEngine } from "#engine/engine.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { openLedgerInThread } from "#ledger/ledgers/in-thread.ts";
import { openOverlay } from "#store/databases/overlay.ts";
import { kyselyKeeping } from "#store/databases/sqlite-store.ts";
import { openWorkspaces } from "#workspace/workspace.ts";

import { automation } from "../automation.ts";
import { inputOf } from "../begin.ts";
import type { Asked, Simulated } from "./asked.ts";
import { openEnough } from "./enough.ts";
import { rowsOf, unlimited } from "./given-agent.ts";
import { movedClock, type MovedClock } from "./moved-clock.ts";
import { type Assumes, openRecipients, type Recipients } from "./reactions.ts";

export interface Walked {
  readonly ledger: Ledger;
  readonly executionId: string;
  /** `time`: it ran out of that; `waits`: nothing but a person or an event moves it. */
  readonly end: "ended" | "time" | "waits";
  readonly mailOf: Recipients["mailOf"];
  readonly selections: Simulated["selections"];
}

/** @param isOver whether its time is up; what it was walked in is gone once `look` has answered */
export async function walkOnce<Seen>(
  asked: Asked,
  assumes: Assumes,
  isOver: () => boolean,
  look: (walked: Walked) => Promise<Seen>,
): Promise<Seen> {
  const clock = movedClock(asked.now);
  const ledger = openLedgerOver(asked);
  const agent = unlimited(asked.agent);
  await ledger.store.write(rowsOf(ledger.store.db, agent));
  const { mail, mailOf, reaction } = openRecipients(assumes);
  const { take, selections } = openEnough(asked.most);
  const program = automation(needsOf(ledger, clock, mail), { enough: take, reaction });
  const engine = await openEngine({ ledger, clock, programs: [program], log: SILENT });
  try {
    const input = { ...inputOf(agent, asked.zone, asked.by), ...asked.workOn };
    const { id } = await engine.start(program, input, {
      workspace: agent.ws,
      agent: { no: agent.no, version: agent.version },
      label: agent.name,
      trigger: { type: "manual", by: asked.by },
    });
    const end = await passTime(engine, ledger, clock, id, isOver);
    return await look({ ledger, executionId: id, end, selections, mailOf });
  } finally {
    await engine.stop(0);
    await ledger.close();
  }
}

const SILENT = { warn: (): void => undefined };

function openLedgerOver({ path, agent }: Asked): Ledger {
  const overlay = openOverlay({ path, ws: agent.ws, agent: agent.no });
  const db = kyselyKeeping(overlay.reading);
  return openLedgerInThread({
    db: overlay.writing,
    store: { db, heavy: db },
    beforeWrites: overlay.cover,
    close: overlay.close,
  });
}

function needsOf(ledger: Ledger, clock: MovedClock, mail: ActionNeeds["mail"]): ActionNeeds {
  const { store } = ledger;
  const parse = (): never => {
    throw new Error("a simulation saves no instructions");
  };
  const services = openWorkspaces({ store, clock, parse: async () => parse() });
  return { ...services, store, clock, mail, senderOf: () => "simulated@stint.example" };
}

/** Moves the clock from one moment to the next at which something happens. */
async function passTime(
  engine: Engine,
  ledger: Ledger,
  clock: MovedClock,
  id: string,
  isOver: () => boolean,
): Promise<Walked["end"]> {
  for (;;) {
    await settle(ledger);
    if ((await ledger.find(id))?.ended === true) return "ended";
    if (isOver()) return "time";
    const isParked = engine.running() === 0;
    const next = isParked ? await ledger.nextDue(clock.now()) : clock.next();
    if (next === null) return "waits";
    clock.moveTo(next);
    engine.listen();
  }
}

/** As many turns of the event loop as the engine takes at most from one append to its next. */
const QUIET_TURNS = 8;

/** Until nothing can go on without time. */
async function settle(ledger: Ledger): Promise<void> {
  for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    if (ledger.underWay() > 0) quiet = -1;
  }
}
