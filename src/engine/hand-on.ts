/** What the journeys of a retry are handed on, each of its own in the execution that is tried again. */
import type { Carries, CreatedFact, FactOf } from "#domain/facts.ts";
import { Fault } from "#domain/fault.ts";
import { type Ledger, payloadKey } from "#ledger/ledger.ts";

import { pointOf, readTold } from "./again.ts";
import {
  type Carried,
  carryEnd,
  carryUntil,
  endOf,
  failurePoint,
  NOTHING_CARRIED,
  reached,
  type Told,
} from "./carry.ts";

export interface Opening {
  /** Its place among the items. */
  readonly index: number;
  readonly entity: string | null;
  /** Its item as JSON. */
  readonly json: string | undefined;
}
export type HandOn = (opening: Opening) => Promise<Carried>;

/** Undefined: nothing is handed on. @throws Fault `conflict` where the other execution is not there any more */
export async function openHandOn(
  ledger: Ledger,
  { retryOf, carries }: CreatedFact,
  path: string,
): Promise<HandOn | undefined> {
  if (retryOf === undefined || carries === undefined) return undefined;
  const found = await ledger.find(retryOf);
  if (found === undefined) throw isGone(retryOf);
  const { no } = found;
  const told = await readTold(ledger, no, 0);
  const group = told.facts.map(({ fact }) => fact).findLast(isOpening(path));
  if (group === undefined) return undefined;
  const stands = standsOf(told, carries, path);
  const { first, count } = group;
  const journeys = await ledger.journeysOf(no, first, first + count - 1);
  const lanes = new Map(journeys.toReversed().map(({ lane, entity }) => [entity, lane]));
  return async ({ index, entity, json }) => {
    const lane = entity === null ? first + index : lanes.get(entity);
    if (lane === undefined || lane >= first + count) return NOTHING_CARRIED;
    const journey = await readTold(ledger, no, lane);
    if (entity === null && itemOf(journey) !== json) return NOTHING_CARRIED;
    return handedOn(journey, stands, carries);
  };
}

function isGone(id: string): Fault {
  return new Fault(
    "conflict",
    `The execution ${id} that this one tries again is not there any more.`,
    {
      suggestion: "Retry from the start.",
    },
  );
}

const isOpening =
  (path: string) =>
  (fact: Told["facts"][number]["fact"]): fact is FactOf<"lanesOpened"> =>
    fact.t === "lanesOpened" && fact.path === path;

/** What stands of a selection: its ends; what each journey did up to where it failed or to the step; or effects alone. */
type Stands = "ends" | "failed" | "step" | "effects";

function standsOf(told: Told, carries: Carries, path: string): Stands {
  if (carries.from === undefined) return "failed";
  if (carries.within === path) return "step";
  const point = pointOf(told, carries);
  const isIn = (t: "lanesOpened" | "lanesClosed"): boolean =>
    told.facts.slice(0, point).some(({ fact }) => fact.t === t && fact.path === path);
  if (isIn("lanesClosed")) return "ends";
  return isIn("lanesOpened") ? "failed" : "effects";
}

function handedOn(journey: Told, stands: Stands, { from, changed }: Carries): Carried {
  if (stands === "ends") return carryEnd(journey);
  if (stands === "effects") return carryUntil(journey, 0, changed);
  const step = stands === "step" && from !== undefined ? reached(journey, from) : undefined;
  if (step !== undefined) return carryUntil(journey, step, changed);
  return isOver(journey) ? carryEnd(journey) : carryUntil(journey, failurePoint(journey), changed);
}

/** It got through, or a person stopped it. */
function isOver(journey: Told): boolean {
  const end = endOf(journey);
  if (end?.t === "canceled") return end.by !== "system";
  return end?.t === "completed" || end?.t === "skipped";
}

function itemOf({ facts, parts }: Told): string | undefined {
  const opened = facts[0];
  if (opened?.fact.t !== "laneOpened") return undefined;
  const { item, part } = opened.fact;
  if (part === undefined) return JSON.stringify(item);
  return parts.get(payloadKey(opened.version, part))?.body ?? undefined;
}
