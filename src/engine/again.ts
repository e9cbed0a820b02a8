/**
 * A retry: a new execution that is handed on what still stands of the one that it tries again. What it is
 * handed on are facts of its own, so whatever becomes of the other changes nothing in its streams.
 *
 * - From the start: nothing is handed on, and the effects of before count as others'.
 * - From where it failed: all that was done stays done. A journey that got through ends as it did, and so
 *   does one that a person stopped; another one goes on where it failed or was when all was canceled.
 * - From a step: what was done before it stays done; it and all that follows is done again, save for
 *   effects that must happen once: those are never repeated.
 */
import type { Carries, CreatedFact } from "#domain/facts.ts";
import { Fault } from "#domain/fault.ts";
import type { Found, Ledger } from "#ledger/ledger.ts";

import {
  type Carried,
  carryUntil,
  failurePoint,
  NOTHING_CARRIED,
  reached,
  type Told,
  tell,
} from "./carry.ts";

/** What is tried again, and from where on. */
export interface Again {
  /** An execution that has ended. */
  readonly of: string;
  /** `start`, `failed`, or the path of a step that it came to. Default `start`. */
  readonly from?: string;
  /** Steps that are others now under the same path: they are done anew. */
  readonly changed?: readonly string[];
  /** Where it is looked up: a ledger that also knows what was archived. */
  readonly known?: Pick<Ledger, "find">;
}

export interface Prepared {
  readonly created: Pick<CreatedFact, "retryOf" | "origin" | "carries">;
  /** What its own stream begins with. */
  readonly carried: Carried;
}

/** @throws Fault `not_found`, `conflict` for one that is open, `invalid` for a step that it never came to */
export async function prepareAgain(
  ledger: Ledger,
  { of, from = "start", changed = [], known = ledger }: Again,
): Promise<Prepared> {
  const { no } = await demandEnded(known, of);
  if (from === "start") return { created: { retryOf: of }, carried: NOTHING_CARRIED };
  if ((await ledger.find(of)) === undefined) throw archived(of);
  const told = await readTold(ledger, no, 0);
  const before = told.facts[0]?.fact as CreatedFact;
  const carries: Carries = {
    ...(from !== "failed" && (await placeOf(ledger, no, told, from))),
    ...(changed.length > 0 && { changed }),
  };
  const origin = before.origin ?? before.id;
  const carried = carryUntil(told, pointOf(told, carries), changed);
  return { created: { retryOf: of, origin, carries }, carried };
}

async function demandEnded(ledger: Pick<Ledger, "find">, id: string): Promise<Found> {
  const found = await ledger.find(id);
  if (found === undefined) throw new Fault("not_found", `There is no execution ${id}.`);
  if (found.ended) return found;
  throw new Fault("conflict", "This execution has not ended yet", {
    suggestion: "Cancel it first, or wait for its end",
  });
}

/** Its journeys are read as they are opened, which can be long after the start. */
function archived(id: string): Fault {
  return new Fault("conflict", `The execution ${id} was archived.`, {
    suggestion: "Retry it from the start",
  });
}

export async function readTold(ledger: Ledger, no: number, lane: number): Promise<Told> {
  return tell(await ledger.read(no, lane), await ledger.readParts(no, lane));
}

/** Where a step was taken: in the execution's own stream, or in the journeys of a selection. */
async function placeOf(
  ledger: Ledger,
  no: number,
  told: Told,
  from: string,
): Promise<Pick<Carries, "from" | "within">> {
  if (reached(told, from) !== undefined) return { from };
  for (const { fact } of told.facts) {
    if (fact.t !== "lanesOpened") continue;
    const { path: within, first, count } = fact;
    for (let lane = first; lane < first + count; lane += 1) {
      const journey = tell(await ledger.read(no, lane), []);
      if (reached(journey, from) !== undefined) return { from, within };
    }
  }
  throw new Fault("invalid", `The execution never came to a step "${from}"`, {
    suggestion: 'Name a step that it came to, "failed" for where it failed, or "start"',
  });
}

/** Up to where the execution's own stream stands. */
export function pointOf(told: Told, { from, within }: Carries): number {
  if (from === undefined) return failurePoint(told);
  return reached(told, within ?? from) ?? told.facts.length;
}
