import type { DriveItem, DriveOutcome, OpenedLane } from "../items.ts";
import { change, changing, type Protocol } from "../statement.ts";
import { backTo, markOf, type Batch } from "./batch.ts";
import { create } from "./create.ts";
import { addFacts } from "./facts.ts";
import { allOrNothing, runWrites } from "./writes.ts";

/** Only the owner, at its epoch and at the version it has read, moves a stream on. */
const MOVE = changing(
  `update live set version = ?, state = ?, started_at = ? where no = ? and lane = ? and epoch = ? and version = ?`,
);
const PARK = changing(
  `update live set version = ?, state = ?, started_at = ?, owner = null, ready_at = ?
   where no = ? and lane = ? and epoch = ? and version = ? and wake = ?`,
);
const BLOCK = changing(`update live set blocked = ? where no = ? and lane = ?`);
const CONSUME = changing(`delete from inbox where seq = ?`);
const RELEASE = changing(`delete from guards where key = ? and no = ?`);
const RETAKE = changing(`insert into guards (key, no) values (?,?) on conflict do nothing`);
const TOUCH_JOURNEY = changing(
  `update journeys set state = ?, plan_step = coalesce(?, plan_step) where no = ? and lane = ?`,
);
const OPEN_LANE = changing(
  `insert into live (no, lane, id, ws, kind, agent, driver, driver_version, state, version, epoch, owner,
     incarnation, wake, ready_at, trigger, created_at)
   select no, ?, id, ws, kind, agent, driver, driver_version, 'running', ?, 0, null, 0, 0, ?, trigger, ?
   from live where no = ? and lane = 0`,
);
const OPEN_JOURNEY = changing(
  `insert into journeys (no, lane, ws, agent, entity, state) select no, ?, ws, agent, ?, 'running'
   from live where no = ? and lane = 0`,
);

/** Facts of an owned stream, with all that belongs to them. */
export function* drive(batch: Batch, item: DriveItem): Protocol<DriveOutcome> {
  const guarded = item.writes !== undefined && item.writes.length > 0;
  if (!guarded) return yield* append(batch, item);
  const mark = markOf(batch);
  const outcome = yield* allOrNothing(append(batch, item), (result) => result.ok);
  if (!outcome.ok) backTo(batch, mark);
  return outcome;
}

function* append(batch: Batch, item: DriveItem): Protocol<DriveOutcome> {
  const moved = yield* move(item);
  if (moved === "lost") return { ok: false, why: "lost" };
  if (item.writes !== undefined && !(yield* runWrites(item.writes))) {
    return { ok: false, why: "stale" };
  }
  const { no, lane, epoch } = item;
  const version = item.version + item.count;
  let { position } = batch.counters;
  if (item.count > 0) position = addFacts(batch, { no, lane, version, epoch }, item);
  yield* settleBesides(item);
  for (const opened of item.opened ?? []) yield* openLane(batch, no, opened);
  for (const child of item.children ?? []) yield* create(batch, child);
  return { ok: true, position, parked: moved === "parked" };
}

/** Parks where asked and no signal came since; else just moves on, and the owner reads its inbox again. */
function* move(item: DriveItem): Protocol<"moved" | "parked" | "lost"> {
  const { no, lane, epoch, version, state, startedAt, park, count } = item;
  const after = version + count;
  if (park !== undefined) {
    const parked = yield* change(PARK, [
      after,
      state,
      startedAt,
      park.readyAt,
      no,
      lane,
      epoch,
      version,
      park.wake,
    ]);
    if (parked === 1) return "parked";
  }
  const moved = yield* change(MOVE, [after, state, startedAt, no, lane, epoch, version]);
  return moved === 1 ? "moved" : "lost";
}

function* settleBesides(item: DriveItem): Protocol<void> {
  const { no, lane } = item;
  for (const seq of item.consumed ?? []) yield* change(CONSUME, [seq]);
  for (const key of item.release ?? []) yield* change(RELEASE, [key, no]);
  for (const key of item.retake ?? []) yield* change(RETAKE, [key, no]);
  if (item.blocked !== undefined) yield* change(BLOCK, [item.blocked, no, lane]);
  if (lane > 0) yield* change(TOUCH_JOURNEY, [item.state, item.planStep ?? null, no, lane]);
}

function* openLane(batch: Batch, no: number, opened: OpenedLane): Protocol<void> {
  yield* change(OPEN_LANE, [opened.lane, opened.count, opened.at, opened.at, no]);
  yield* change(OPEN_JOURNEY, [opened.lane, opened.entity, no]);
  addFacts(batch, { no, lane: opened.lane, version: opened.count, epoch: 0 }, opened);
}
