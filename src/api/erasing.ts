/** Forgets a contact for good, wherever something about them is kept. */
import { contacts } from "#crm/contacts.ts";
import type { Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import type { Engine } from "#engine/engine.ts";
import type { EraseOutcome } from "#ledger/items.ts";
import type { Ledger } from "#ledger/ledger.ts";
import type { Outbox } from "#providers/mails/sandbox.ts";
import { compiled, type Write } from "#store/store.ts";
import type { Audit } from "#workspace/audit.ts";
import { decideAgain } from "#workspace/decide-again.ts";
import type { Entered } from "#workspace/workspaces.ts";

export interface Erased {
  /** Texts and data in the ledger. */
  readonly payloads: number;
  /** Whether archives hold some, which cannot be read any more. */
  readonly archived: boolean;
  /** Journeys that were under way and end. */
  readonly journeys: number;
  /** Mails in the outbox. */
  readonly messages: number;
}

export interface Eraser {
  /** @throws Fault `not_found` where nothing is kept about them */
  readonly erase: (entered: Entered, contactId: string) => Promise<Erased>;
  /** What work that was under way has put on record since. */
  readonly eraseLate: () => Promise<void>;
}

export interface EraserNeeds {
  readonly ledger: Ledger;
  readonly engine: Pick<Engine, "hint">;
  readonly outbox: Outbox;
  readonly audit: Audit;
  readonly clock: Clock;
  /** What archives hold has become less. */
  readonly forgetRead: () => void;
  /** Takes out of the search what the ledger has no more of these executions. */
  readonly forgetWords: (nos: readonly number[]) => Promise<void>;
}

const REASON = "The contact was erased.";
/** So long after it something may still come in late. */
const LATE_MS = 7 * 86_400_000;

export function openEraser(needs: EraserNeeds): Eraser {
  let isFirst = true;
  return {
    erase: (entered, contactId) => erase(needs, entered, contactId),
    eraseLate: async () => {
      const { ledger, clock } = needs;
      const rows = await ledger.store.db
        .selectFrom("erasures")
        .select(["ws", "subject"])
        .where("at", ">", clock.now() - LATE_MS)
        .execute();
      for (const { ws, subject } of rows) {
        const { payloads, executions } = await forget(needs, ws, subject, "system", []);
        // A life that was cut off may have left words of them.
        if (payloads > 0 || isFirst) await needs.forgetWords(executions);
      }
      isFirst = false;
    },
  };
}

async function erase(needs: EraserNeeds, entered: Entered, contactId: string): Promise<Erased> {
  const { workspace, actor } = entered;
  const { no: ws } = workspace;
  const erased = await decideAgain(async () => {
    const writes = await crmWrites(needs, entered, contactId);
    const by = actor.id ?? "system";
    const { executions, ...done } = await forget(needs, ws, contactId, by, writes);
    await needs.forgetWords(executions);
    if (writes.length > 0 || Object.values(done).some(Boolean)) return done;
    throw new Fault("not_found", "Nothing is kept about such a contact in this workspace");
  });
  await needs.audit.record(ws, {
    by: actor,
    action: "contact.erased",
    target: { type: "contact", id: contactId, name: null },
    changes: { ...erased },
  });
  return erased;
}

interface Forgotten extends Erased {
  /** What was found of them may have to be found no more. */
  readonly executions: readonly number[];
}

async function forget(
  { ledger, engine, outbox, clock, forgetRead }: EraserNeeds,
  ws: number,
  subject: string,
  by: string,
  writes: readonly Write[],
): Promise<Forgotten> {
  const outcome: EraseOutcome = await ledger.append({
    op: "erase",
    ws,
    subject,
    agents: await agentsOf(ledger, ws),
    by,
    reason: REASON,
    at: clock.now(),
    writes: [...besides(ledger, ws, subject), ...writes],
  });
  if (!outcome.ok) throw new Fault("stale");
  forgetRead();
  for (const { no, lane } of outcome.lanes) engine.hint(no, lane);
  const messages = await outbox.erase(ws, subject);
  const { payloads, keys, lanes, executions } = outcome;
  return { payloads, archived: keys > 0, journeys: lanes.length, messages, executions };
}

/** A program's journeys belong to no agent. */
async function agentsOf({ store }: Ledger, ws: number): Promise<readonly number[]> {
  const rows = await store.db.selectFrom("agent").select("no").where("ws", "=", ws).execute();
  return [0, ...rows.map(({ no }) => no)];
}

/** None for a contact that was deleted before. */
async function crmWrites(
  { ledger, clock }: EraserNeeds,
  { workspace, actor }: Entered,
  id: string,
): Promise<readonly Write[]> {
  const { no: ws } = workspace;
  const kept = contacts(ledger.store);
  try {
    return kept.remove({ ws, at: clock.now(), actor }, await kept.get(ws, id));
  } catch (error) {
    if (error instanceof Fault && error.code === "not_found") return [];
    throw error;
  }
}

/** Their tasks, notifications about them, and what agents remember of them. */
function besides({ store }: Ledger, ws: number, id: string): readonly Write[] {
  const { db } = store;
  return [
    db.deleteFrom("crm_task").where("ws", "=", ws).where("contact_id", "=", id),
    db.deleteFrom("notification").where("ws", "=", ws).where("contact_id", "=", id),
    db.deleteFrom("memory").where("ws", "=", ws).where("item", "=", id),
  ].map((query) => compiled(query));
}
