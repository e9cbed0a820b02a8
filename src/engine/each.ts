/** Opens a lane for every item and waits until all have ended. */
import type { LaneOpenedFact } from "#domain/facts.ts";
import type { OpenedLane } from "#ledger/items.ts";
import { payloadKey, type Entry } from "#ledger/ledger.ts";

import type { Core } from "./core.ts";
import type { LaneRun } from "./lane-run.ts";
import { openLanes } from "./lanes.ts";
import type { AnyProgram, EachOptions, LaneEnd } from "./program.ts";

const DEFAULT_CONCURRENCY = 50;
/** So many lanes are opened by one append; more would hold up the others' writes. */
const OPENED_AT_ONCE = 200;
const LARGEST_INLINE = 8 * 1024;

export interface EachPlace {
  readonly core: Core;
  readonly lane: LaneRun;
  readonly id: string;
  readonly createdAt: number;
  readonly keyBase: string;
  readonly program: AnyProgram;
}

export async function doEach<Item>(
  place: EachPlace,
  name: string,
  items: readonly Item[],
  options: EachOptions<Item> = {},
): Promise<readonly LaneEnd<unknown>[]> {
  const { core, lane } = place;
  const path = `each:${name}`;
  const recorded = lane.visit(path, "lanes");
  const first = recorded?.lanes?.first ?? lane.history.nextLane;
  if (recorded?.done === undefined) {
    await lane.beforeEffect();
    if (recorded === undefined) {
      lane.history.nextLane += items.length;
      lane.stream.record({ t: "lanesOpened", path, name, first, count: items.length });
    }
    await open(place, name, first, items, options);
    await runAll(place, path, options.concurrency ?? DEFAULT_CONCURRENCY);
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
  const { last } = await core.ledger.openLanes(lane.stream.no);
  const missing = items.slice(Math.max(0, last + 1 - first));
  let next = first + items.length - missing.length;
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

/** Runs the lanes as they come due, out of memory in between, until none is open. */
async function runAll(
  { core, lane, ...parent }: EachPlace,
  path: string,
  concurrency: number,
): Promise<void> {
  const group = openLanes(core, { run: lane, ...parent }, concurrency);
  for (;;) {
    const { wake } = lane;
    await lane.during(() => group.runDue());
    const { count, due } = await lane.during(() => core.ledger.openLanes(lane.stream.no));
    if (count === 0) return;
    await lane.wait(path, {
      ...(due !== null && { due }),
      ready: (now) => (due !== null && now >= due) || lane.wake !== wake,
    });
  }
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

const NOTHING = { steps: 0, retries: 0 };

async function readEnd(core: Core, { no, lane, version, facts }: Entry): Promise<ReadEnd> {
  const last = facts.at(-1);
  switch (last?.t) {
    case "completed": {
      const { part, tally = NOTHING } = last;
      const payloads = part === undefined ? undefined : await core.ledger.readPayloads(no, lane);
      const output = part === undefined ? last.r : payloads?.get(payloadKey(version, part));
      return { end: { state: "completed", output }, tally };
    }
    case "failed": {
      const { message, code } = last.fault;
      return { end: { state: "failed", message, code }, tally: last.tally ?? NOTHING };
    }
    case "canceled":
    case "skipped":
      return { end: { state: last.t }, tally: last.tally ?? NOTHING };
    default:
      throw new Error(`lane ${lane} has no end on record`);
  }
}
