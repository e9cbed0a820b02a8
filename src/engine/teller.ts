/** Says to an execution what others have to say: into its inbox, and a hint to whoever has it in memory. */
import type { Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import type { Ledger } from "#ledger/ledger.ts";

import type { InMemory } from "./core.ts";

export interface TellerNeeds {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly inMemory: InMemory;
  readonly dueAt: (at: number) => void;
}

interface Telling {
  readonly lane?: number | undefined;
  /** A repeat with the same key is accepted and changes nothing. */
  readonly key?: string | undefined;
}

export class Teller {
  readonly #needs: TellerNeeds;

  constructor(needs: TellerNeeds) {
    this.#needs = needs;
  }

  /** False: it has ended, or there is none. */
  async tell(id: string, kind: string, said: unknown, telling: Telling = {}): Promise<boolean> {
    const { ledger, clock } = this.#needs;
    const { lane = 0, key } = telling;
    const at = clock.now();
    const body = JSON.stringify(said);
    const item = {
      op: "signal",
      id,
      lane,
      kind,
      body,
      at,
      ...(key !== undefined && { key }),
    } as const;
    const outcome = await ledger.append(item);
    if (!outcome.ok) return false;
    this.hint(outcome.no, lane);
    return true;
  }

  /** Something is in the inbox: whoever has the lane in memory reads it, else it is due. */
  hint(no: number, lane: number): void {
    const { clock, inMemory, dueAt } = this.#needs;
    if (!inMemory.hint(no, lane) && !inMemory.hint(no, 0)) dueAt(clock.now());
  }

  /** False: it has ended. @throws Fault `not_found` */
  async say(id: string, kind: string, said: unknown, telling: Telling = {}): Promise<boolean> {
    if (await this.tell(id, kind, said, telling)) return true;
    if ((await this.#needs.ledger.find(id)) === undefined) throw notFound(id);
    return false;
  }

  /** Ends the timers that are open now: of one lane, or of all. @throws Fault `not_found` */
  async skipWait(id: string, by: string, lane: number | undefined): Promise<boolean> {
    const { ledger } = this.#needs;
    const found = await ledger.find(id);
    if (found === undefined) throw notFound(id);
    const lanes = lane === undefined ? [0, ...(await ledger.lanesOf(found.no))] : [lane];
    const told = await Promise.all(
      lanes.map((one) => this.tell(id, "skipWait", { by }, { lane: one })),
    );
    return told.some(Boolean);
  }
}

export function notFound(id: string): Fault {
  return new Fault("not_found", `There is no execution ${id}.`);
}
