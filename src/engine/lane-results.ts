/** What the lanes of an execution came to, read from the last fact of each. */
import type { Tally } from "#domain/facts.ts";
import { addSpending, type Spending } from "#domain/spending.ts";
import { payloadKey, type Entry } from "#ledger/ledger.ts";

import type { Core } from "./core.ts";
import { type End, isEnd } from "./history.ts";
import type { LaneEnd } from "./program.ts";

export interface ReadEnd {
  readonly end: LaneEnd<unknown>;
  readonly tally: Tally;
}

export async function readEnds(
  core: Core,
  no: number,
  { first, count }: { readonly first: number; readonly count: number },
): Promise<readonly ReadEnd[]> {
  if (count === 0) return [];
  const lasts = await core.ledger.lastOfLanes(no);
  const mine = lasts.filter(({ lane }) => lane >= first && lane < first + count);
  return await Promise.all(mine.map((entry) => readEnd(core, entry)));
}

/** What those that have ended did; the others do nothing more. */
export async function readTally(
  core: Core,
  no: number,
  { first, count }: { readonly first: number; readonly count: number },
): Promise<Tally> {
  const tallies: Tally[] = [];
  for (const { lane, facts } of await core.ledger.lastOfLanes(no)) {
    const last = facts.at(-1);
    if (lane < first || lane >= first + count || last === undefined || !("tally" in last)) continue;
    if (last.tally !== undefined) tallies.push(last.tally);
  }
  return addTallies(tallies);
}

export function addTallies(tallies: readonly Tally[]): Tally {
  let [steps, retries] = [0, 0];
  let spending: Spending | null = null;
  for (const tally of tallies) {
    steps += tally.steps;
    retries += tally.retries;
    spending = addSpending(spending, tally.spending);
  }
  return { steps, retries, ...(spending !== null && { spending }) };
}

async function outputOf(
  core: Core,
  { no, lane, version }: Entry,
  { r, part }: { readonly r?: unknown; readonly part?: number },
): Promise<unknown> {
  if (part === undefined) return r;
  return (await core.ledger.readPayloads(no, lane)).get(payloadKey(version, part));
}

const NOTHING = { steps: 0, retries: 0 };

async function readEnd(core: Core, entry: Entry): Promise<ReadEnd> {
  const last = entry.facts.at(-1);
  if (last === undefined || !isEnd(last))
    throw new Error(`lane ${entry.lane} has no end on record`);
  const { tally = NOTHING, again } = last;
  const how = await howItEnded(core, entry, last);
  return { end: again === undefined ? how : { ...how, again }, tally };
}

async function howItEnded(core: Core, entry: Entry, last: End): Promise<LaneEnd<unknown>> {
  if (last.t === "canceled") return { state: "canceled" };
  const output = await outputOf(core, entry, last);
  return last.t === "failed"
    ? { state: "failed", fault: last.fault, output }
    : { state: last.t, output };
}
