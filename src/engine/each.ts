/** Opens a lane for every item and waits until all have ended. */
import type { CreatedFact, LaneOpenedFact } from "#domain/facts.ts";
import { Fault, type KeptFault } from "#domain/fault.ts";
import type { OpenedLane } from "#ledger/items.ts";
import type { OpenLanes } from "#ledger/ledger.ts";

import { type Carried, NOTHING_CARRIED } from "./carry.ts";
import type { Birth } from "./context.ts";
import type { Core } from "./core.ts";
import { openHandOn, type Opening } from "./hand-on.ts";
import type { Recorded } from "./history.ts";
import { addTallies, readEnds, readTally, type ReadEnd } from "./lane-results.ts";
import type { LaneRun } from "./lane-run.ts";
import { LaneGroup } from "./lanes.ts";
import type { Inputs } from "./moving.ts";
import type { AnyProgram, EachOptions, LaneEnd } from "./program.ts";
import { stepFault } from "./step-fault.ts";

const DEFAULT_CONCURRENCY = 50;
/** So many lanes are opened by one append; more would hold up the others' writes. */
const OPENED_AT_ONCE = 200;
const LOOK_AGAIN_MS = 1000;
const LARGEST_INLINE = 8 * 1024;

export interface EachPlace {
  readonly core: Core;
  readonly lane: LaneRun;
  readonly birth: Birth;
  readonly created: CreatedFact;
  readonly keyBase: string;
  readonly sharesKeys: boolean;
  readonly program: AnyProgram;
  readonly inputs: Inputs;
}

export async function doEach<Item>(
  place: EachPlace,
  name: string,
  items: readonly Item[],
  options: EachOptions<Item> = {},
): Promise<readonly LaneEnd<unknown>[]> {
  const { core, lane } = place;
  const path = `each:${options.as ?? name}`;
  demandLane(place.program, name);
  const recorded = lane.visit(path, "lanes");
  const known = recorded?.lanes;
  if (recorded !== undefined) recall(lane, path, recorded, items.length);
  if (recorded?.done !== undefined && known !== undefined) return await endsOf(core, lane, known);
  const range = await runThrough(place, { path, name, known }, items, options);
  const ends = await lane.during(() => readEnds(core, lane.stream.no, range));
  recordClosed(lane, path, ends);
  return ends.map(({ end }) => end);
}

/** @throws Fault `bad_request` */
function demandLane({ name: program, lanes }: AnyProgram, name: string): void {
  if (Object.hasOwn(lanes, name)) return;
  const known = Object.keys(lanes).join(", ");
  throw new Fault("bad_request", `Program "${program}" has no lane "${name}".`, {
    suggestion: known === "" ? "Give it lanes." : `Its lanes are: ${known}.`,
  });
}

/** @throws Fault as it failed before; other items than before block the lane */
function recall(lane: LaneRun, path: string, recorded: Recorded, count: number): void {
  if (recorded.lanes !== undefined && recorded.lanes.count !== count) lane.block(path);
  if (recorded.failed !== undefined) throw stepFault(recorded.failed);
}

async function endsOf(
  core: Core,
  lane: LaneRun,
  range: Range,
): Promise<readonly LaneEnd<unknown>[]> {
  const ends = await lane.during(() => readEnds(core, lane.stream.no, range));
  return ends.map(({ end }) => end);
}

interface Use {
  readonly path: string;
  readonly name: string;
  /** The lanes that were opened for it before. */
  readonly known: Range | undefined;
}

/** @throws Fault as the lane failed that stopped the others */
async function runThrough<Item>(
  place: EachPlace,
  { path, name, known }: Use,
  items: readonly Item[],
  options: EachOptions<Item>,
): Promise<Range> {
  const { lane } = place;
  await lane.beforeEffect();
  const range = known ?? reserveLanes(lane, path, name, items.length);
  await lane.during(() => open(place, { path, name, range }, items, options));
  const stopped = await runAll(place, path, range, options);
  if (stopped !== undefined) await stop(place, path, range, stopped);
  return range;
}

/** On record before anything that is done about it, so that a replay comes to the same. */
async function stop(
  { core, lane }: EachPlace,
  path: string,
  range: Range,
  fault: KeptFault,
): Promise<never> {
  const tally = await lane.during(() => readTally(core, lane.stream.no, range));
  lane.stream.record({ t: "lanesClosed", path, ...tally, fault });
  settle(lane, path, { failed: fault });
  throw stepFault(fault);
}

function reserveLanes(lane: LaneRun, path: string, name: string, count: number): Range {
  const first = lane.history.nextLane;
  lane.history.nextLane += count;
  lane.history.paths.set(path, { use: "lanes", attempts: 0, lanes: { first, count } });
  lane.stream.record({ t: "lanesOpened", path, name, first, count });
  return { first, count };
}

function recordClosed(lane: LaneRun, path: string, ends: readonly ReadEnd[]): void {
  const tally = addTallies(ends.map(({ tally: of }) => of));
  lane.stream.record({ t: "lanesClosed", path, ...tally });
  settle(lane, path, { done: { value: undefined } });
}

/** Closed ones are counted: the execution's end does not count them again. */
function settle({ history }: LaneRun, path: string, how: Pick<Recorded, "done" | "failed">): void {
  const recorded = history.paths.get(path);
  if (recorded !== undefined) Object.assign(recorded, how);
}

interface Group {
  readonly path: string;
  readonly name: string;
  readonly range: Range;
}

/** Opens the lanes that are not open yet: all of them at first, the rest after a crash in between. */
async function open<Item>(
  { core, lane, created }: EachPlace,
  { path, name, range }: Group,
  items: readonly Item[],
  options: EachOptions<Item>,
): Promise<void> {
  const { opened: before } = await openOf(core, lane, range);
  if (before === items.length) await lane.beforeEffect();
  const moved = lane.history.moves.at(-1)?.key;
  const handOn = before < items.length ? await openHandOn(core.ledger, created, path) : undefined;
  for (let from = before; from < items.length; from += OPENED_AT_ONCE) {
    const at = core.clock.now();
    const chunk = items.slice(from, from + OPENED_AT_ONCE).map((item, index) => ({
      lane: range.first + from + index,
      index: from + index,
      entity: options.entity?.(item) ?? null,
      item,
      json: JSON.stringify(item) as string | undefined,
    }));
    const opened =
      handOn === undefined
        ? chunk.map((one) => laneOf({ name, moved, at }, one, NOTHING_CARRIED))
        : await Promise.all(
            chunk.map(async (one) => laneOf({ name, moved, at }, one, await handOn(one))),
          );
    await lane.write({ opened });
  }
}

interface Opened extends Opening {
  readonly lane: number;
  readonly item: unknown;
}

interface Opens {
  readonly name: string;
  readonly moved: string | undefined;
  readonly at: number;
}

function laneOf(
  { name, moved, at }: Opens,
  { lane, entity, item, json }: Opened,
  carried: Carried,
): OpenedLane {
  const apart = json !== undefined && json.length > LARGEST_INLINE;
  const fact: LaneOpenedFact = {
    t: "laneOpened",
    name,
    entity,
    ...(json !== undefined && (apart ? { part: 0 } : { item })),
    ...(moved !== undefined && { moved }),
  };
  const own = apart ? [{ part: 0, subject: entity, body: json }] : [];
  const payloads = [...own, ...carried.payloads];
  return {
    lane,
    entity,
    at,
    count: 1 + carried.facts.length,
    data: JSON.stringify([fact, ...carried.facts]),
    ...(payloads.length > 0 && { payloads }),
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
    const { count, held, due: next } = await lane.during(() => openOf(core, lane, range));
    if (count === 0) return undefined;
    // One that is held although none is in memory here is looked at again: it may be nobody's soon.
    const due = held > 0 ? core.clock.now() + LOOK_AGAIN_MS : next;
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
