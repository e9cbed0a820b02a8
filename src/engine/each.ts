/** Opens a lane for every item and waits until all have ended. */
import type { LaneOpenedFact } from "#domain/facts.ts";
import type { KeptFault } from "#domain/fault.ts";
import type { OpenedLane } from "#ledger/items.ts";
import { payloadKey, type Entry, type OpenLanes } from "#ledger/ledger.ts";

import type { Birth } from "./context.ts";
import type { Core } from "./core.ts";
import type { LaneRun } from "./lane-run.ts";
import { LaneGroup } from "./lanes.ts";
import type { AnyProgram, EachOptions, LaneEnd } from "./program.ts";
import { stepFault } from "./steps.ts";

const DEFAULT_CONCURRENCY = 50;
/** So many lanes are opened by one append; more would hold up the others' writes. */
const OPENED_AT_ONCE = 200;
const LARGEST_INLINE = 8 * 1024;

export interface EachPlace {
  readonly core: Core;
  readonly lane: LaneRun;
  readonly birth: Birth;
  readonly keyBase: string;
  readonly program: AnyProgram;
  readonly input: unknown;
}

export async function doEach<Item>(
  place: EachPlace,
  name: string,
  items: readonly Item[],
  options: EachOptions<Item> = {},
): Promise<readonly LaneEnd<unknown>[]> {
  const { core, lane } = place;
  const path = `each:${options.as ?? name}`;
  const recorded = lane.visit(path, "lanes");
  if (recorded?.lanes !== undefined && recorded.lanes.count !== items.length) lane.block(path);
  if (recorded?.done === undefined) await lane.beforeEffect();
  const first = recorded?.lanes?.first ?? lane.history.nextLane;
  if (recorded?.done === undefined) {
    if (recorded === undefined) {
      lane.history.nextLane += items.length;
      lane.stream.record({ t: "lanesOpened", path, name, first, count: items.length });
    }
    await lane.during(() => open(place, name, first, items, options));
    const stopped = await runAll(place, path, { first, count: items.length }, options);
    if (stopped !== undefined) throw stepFault(stopped);
  }
  const ends = await lane.during(() => readEnds(core, lane.stream.no, first, items.length));
  if (recorded?.done === undefined) {
    const steps = ends.reduce((sum, { tally }) => sum + tally.steps, 0);
    const retries = ends.reduce((sum, { tally }) => sum + tally.retries, 0);
    lane.stream.record({ t: "lanesClosed", path, steps, retries });
  }
  return ends.map(({ end }) => end);
}

/** Opens the lanes that are not open yet: all of them at first, the rest after a crash in between. */
async function open<Item>(
  { core, lane }: EachPlace,
  name: string,
  first: number,
  items: readonly Item[],
  options: EachOptions<Item>,
): Promise<void> {
  const { opened: before } = await openOf(core, lane, { first, count: items.length });
  const missing = items.slice(before);
  let next = first + before;
  for (let from = 0; from < missing.length; from += OPENED_AT_ONCE) {
    const chunk = missing.slice(from, from + OPENED_AT_ONCE);
    const at = core.clock.now();
    const opened = chunk.map((item, index) =>
      laneOf(name, next + index, item, options.entity?.(item) ?? null, at),
    );
    next += chunk.length;
    await lane.write({ opened });
  }
  if (missing.length === 0) await lane.beforeEffect();
}

function laneOf(
  name: string,
  lane: number,
  item: unknown,
  entity: string | null,
  at: number,
): OpenedLane {
  const json = JSON.stringify(item) as string | undefined;
  const apart = json !== undefined && json.length > LARGEST_INLINE;
  const fact: LaneOpenedFact = {
    t: "laneOpened",
    name,
    entity,
    ...(json !== undefined && (apart ? { part: 0 } : { item })),
  };
  return {
    lane,
    entity,
    at,
    count: 1,
    data: JSON.stringify([fact]),
    ...(apart && { payloads: [{ part: 0, subject: entity, body: json }] }),
  };
}

/** Runs the lanes as they come due, out of memory in between, until none is open or one stops them all. */
async function runAll<Item>(
  { core, lane, ...parent }: EachPlace,
  path: string,
  range: Range,
  { concurrency = DEFAULT_CONCURRENCY, stopOn }: EachOptions<Item>,
): Promise<KeptFault | undefined> {
  const { no } = lane.stream;
  const group = new LaneGroup(core, { run: lane, ...parent }, { ...range, concurrency, stopOn });
  for (;;) {
    const { wake } = lane;
    await lane.during(() => group.runDue());
    const stopped = stopOn && (await lane.during(() => firstStop(core, no, range, stopOn)));
    if (stopped !== undefined) return stopped;
    const { count, due } = await lane.during(() => openOf(core, lane, range));
    if (count === 0) return undefined;
    await lane.wait(path, {
      ...(due !== null && { due }),
      ready: (now) => (due !== null && now >= due) || lane.wake !== wake,
    });
  }
}

interface Range {
  readonly first: number;
  readonly count: number;
}

function openOf(core: Core, { stream }: LaneRun, { first, count }: Range): Promise<OpenLanes> {
  return core.ledger.openLanes(stream.no, first, first + count - 1);
}

/** Read from the ledger, so that a lane which stopped the others before a crash still does. */
async function firstStop(
  core: Core,
  no: number,
  { first, count }: Range,
  stopOn: (fault: KeptFault) => boolean,
): Promise<KeptFault | undefined> {
  for (const { lane, facts } of await core.ledger.lastOfLanes(no)) {
    const last = facts.at(-1);
    if (lane < first || lane >= first + count || last?.t !== "failed") continue;
    if (stopOn(last.fault)) return last.fault;
  }
  return undefined;
}

interface ReadEnd {
  readonly end: LaneEnd<unknown>;
  readonly tally: { readonly steps: number; readonly retries: number };
}

async function readEnds(
  core: Core,
  no: number,
  first: number,
  count: number,
): Promise<readonly ReadEnd[]> {
  if (count === 0) return [];
  const lasts = await core.ledger.lastOfLanes(no);
  const mine = lasts.filter(({ lane }) => lane >= first && lane < first + count);
  return await Promise.all(mine.map((entry) => readEnd(core, entry)));
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
  switch (last?.t) {
    case "completed": {
      const output = await outputOf(core, entry, last);
      return { end: { state: "completed", output }, tally: last.tally ?? NOTHING };
    }
    case "failed": {
      const output = await outputOf(core, entry, last);
      return { end: { state: "failed", fault: last.fault, output }, tally: last.tally ?? NOTHING };
    }
    case "skipped": {
      const output = await outputOf(core, entry, last);
      return { end: { state: "skipped", output }, tally: last.tally ?? NOTHING };
    }
    case "canceled":
      return { end: { state: "canceled" }, tally: last.tally ?? NOTHING };
    default:
      throw new Error(`lane ${entry.lane} has no end on record`);
  }
}
