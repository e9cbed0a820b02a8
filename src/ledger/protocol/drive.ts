import type { DriveItem, DriveOutcome, OpenedLane } from "../items.ts";
import { change, changing, type Protocol } from "../statement.ts";
import type { Batch } from "./batch.ts";
import { create } from "./create.ts";
import { addFacts } from "./facts.ts";
import { HELD_AT, heldAt, holding } from "./held.ts";
import { allOrNothing, runWrites } from "./writes.ts";

/** Most steps change nothing that is written here. */
const MOVE = changing(
  `update live set state = coalesce(?, state), started_at = coalesce(cast(? as bigint), started_at)
   where ${HELD_AT}`,
);
const PARK = changing(
  `update live set state = coalesce(?, state), started_at = coalesce(cast(? as bigint), started_at),
     owner = null, ready_at = ?
   where ${HELD_AT} and wake = ?`,
);
/** Tried again in vain, it is blocked since it was at first. */
const BLOCK = changing(
  `update live set blocked = ?, blocked_at = coalesce(blocked_at, cast(? as bigint)) where no = ? and lane = ?`,
);
const UNBLOCK = changing(
  `update live set blocked = null, blocked_at = null where no = ? and lane = ?`,
);
const PAUSE = changing(`update live set paused_by = ? where no = ? and lane = ?`);
const CONSUME = changing(`delete from inbox where seq = ?`);
const RELEASE = changing(`delete from guards where key = ? and no = ?`);
const RETAKE = changing(`insert into guards (key, no) values (?,?) on conflict do nothing`);
const TOUCH_JOURNEY = changing(
  `update journeys set state = coalesce(?, state), plan_step = coalesce(?, plan_step)
   where no = ? and lane = ?`,
);
const OPEN_LANE = changing(
  `insert into live (no, lane, id, ws, kind, agent, driver, driver_version, state, epoch, owner,
     incarnation, wake, ready_at, trigger, created_at)
   select no, cast(? as integer), id, ws, kind, agent, driver, driver_version, 'running',
     0, null, 0, 0, cast(? as bigint), trigger, cast(? as bigint)
   from live where no = ? and lane = 0`,
);
const OPEN_JOURNEY = changing(
  `insert into journeys (no, lane, ws, agent, entity, state) select no, cast(? as integer), ws,
     agent, cast(? as text), 'running'
   from live where no = ? and lane = 0`,
);

type Park = NonNullable<DriveItem["park"]>;

/** Facts of an owned stream, with all that belongs to them. */
export function drive(batch: Batch, item: DriveItem): Protocol<DriveOutcome> {
  const guarded = item.writes !== undefined && item.writes.length > 0;
  const appended = append(batch, item);
  return guarded ? allOrNothing(batch, appended, ({ ok }) => ok) : appended;
}

function* append(batch: Batch, item: DriveItem): Protocol<DriveOutcome> {
  const parked = item.park !== undefined && (yield* park(item, item.park));
  if (!parked && !(yield* move(item))) return { ok: false, why: "lost" };
  if (item.writes !== undefined && !(yield* runWrites(item.writes))) {
    return { ok: false, why: "stale" };
  }
  const { no, lane, epoch } = item;
  const version = item.version + item.count;
  let { position } = batch.counters;
  if (item.count > 0) position = addFacts(batch, { no, lane, version, epoch }, item);
  if (hasMore(item)) yield* settleBesides(batch, item, parked);
  return { ok: true, position, parked };
}

/** Whether it was the holder's. */
function* move(item: DriveItem): Protocol<boolean> {
  const { state, startedAt } = item;
  if (state === undefined && startedAt === undefined) return yield* holding(item);
  return (yield* change(MOVE, [state ?? null, startedAt ?? null, ...heldAt(item)])) === 1;
}

/** False: a signal came meanwhile. It moves on then, and the owner reads its inbox again. */
function* park(item: DriveItem, { readyAt, wake }: Park): Protocol<boolean> {
  const { state, startedAt } = item;
  const parameters = [state ?? null, startedAt ?? null, readyAt, ...heldAt(item), wake];
  return (yield* change(PARK, parameters)) === 1;
}

/** Whether there is anything beside facts: most appends are a step's and have nothing. */
function hasMore(item: DriveItem): boolean {
  return (
    item.lane > 0 ||
    item.consumed !== undefined ||
    item.release !== undefined ||
    item.retake !== undefined ||
    item.blocked !== undefined ||
    item.paused !== undefined ||
    item.opened !== undefined ||
    item.children !== undefined
  );
}

function* settleBesides(batch: Batch, item: DriveItem, parked: boolean): Protocol<void> {
  const { no, lane, consumed = [], opened = [], children = [] } = item;
  for (const seq of consumed) yield* change(CONSUME, [seq]);
  yield* moveGuards(item, parked);
  yield* mark(item);
  if (lane > 0) yield* touchJourney(item);
  for (const lanes of opened) yield* openLane(batch, no, lanes);
  for (const child of children) yield* create(batch, child);
}

function* touchJourney({ no, lane, state, planStep }: DriveItem): Protocol<void> {
  if (state === undefined && planStep === undefined) return;
  yield* change(TOUCH_JOURNEY, [state ?? null, planStep ?? null, no, lane]);
}

function* mark({ no, lane, at, blocked, paused }: DriveItem): Protocol<void> {
  if (blocked === null) yield* change(UNBLOCK, [no, lane]);
  else if (blocked !== undefined) yield* change(BLOCK, [blocked, at, no, lane]);
  if (paused !== undefined) yield* change(PAUSE, [paused, no, lane]);
}

/** Guards are given back with the claim: one that does not park keeps them. */
function* moveGuards(item: DriveItem, parked: boolean): Protocol<void> {
  const { no, release = [], retake = [] } = item;
  const released = item.park === undefined || parked ? release : [];
  for (const key of released) yield* change(RELEASE, [key, no]);
  for (const key of retake) yield* change(RETAKE, [key, no]);
}

function* openLane(batch: Batch, no: number, opened: OpenedLane): Protocol<void> {
  yield* change(OPEN_LANE, [opened.lane, opened.at, opened.at, no]);
  yield* change(OPEN_JOURNEY, [opened.lane, opened.entity, no]);
  addFacts(batch, { no, lane: opened.lane, version: opened.count, epoch: 0 }, opened);
}
