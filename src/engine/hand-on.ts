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

/**
 * Undefined: nothing is handed on. One that was a retry itself and ended before it had opened a journey hands on
 * what that would have begun with.
 * @throws Fault `conflict` where the other execution is not there any more
 */
export async function openHandOn(
  ledger: Ledger,
  { retryOf, carries }: CreatedFact,
  path: string,
): Promise<HandOn | undefined> {
  if (retryOf === undefined || carries === undefined) return undefined;
  const found = await ledger.find(retryOf);
  if (found === undefined) throw isGone(retryOf);
  const told = await readTold(ledger, found.no, 0);
  const journeyOf = await openJourneys(ledger, found.no, told, path);
  const further = await openHandOn(ledger, told.facts[0]?.fact as CreatedFact, path);
  const stands = standsOf(told, carries, path);
  return async (opening) => {
    const journey = (await journeyOf(opening)) ?? (further && begun(await further(opening)));
    return journey === undefined ? NOTHING_CARRIED : handedOn(journey, stands, carries);
  };
}

type JourneyOf = (opening: Opening) => Promise<Told | undefined>;

/** Finds the journey of the same entity, or of the same item at the same place, in what was opened under the path. */
async function openJourneys(
  ledger: Ledger,
  no: number,
  told: Told,
  path: string,
): Promise<JourneyOf> {
  const group = told.facts.map(({ fact }) => fact).findLast(isOpening(path));
  if (group === undefined) return async () => undefined;
  const { first, count } = group;
  const journeys = await ledger.journeysOf(no, first, first + count - 1);
  const opened = new Set(journeys.map(({ lane }) => lane));
  const lanes = new Map(journeys.toReversed().map(({ lane, entity }) => [entity, lane]));
  return async ({ index, entity, json }) => {
    const lane = entity === null ? first + index : lanes.get(entity);
    if (lane === undefined || !opened.has(lane)) return undefined;
    const journey = await readTold(ledger, no, lane);
    return entity === null && itemOf(journey) !== json ? undefined : journey;
  };
}

/** A journey that was never opened, as it would have begun. */
const begun = ({ facts, payloads }: Carried): Told => ({
  facts: facts.map(({ fact }) => ({ version: 0, fact })),
  parts: new Map(payloads.map((part) => [payloadKey(0, part.part), { ...part, version: 0 }])),
});

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
