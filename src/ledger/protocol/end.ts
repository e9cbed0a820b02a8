import type { DriveOutcome, EndedRow, EndItem } from "../items.ts";
import { change, changing, query, reading, type Protocol } from "../statement.ts";
import { backTo, markOf, type Batch } from "./batch.ts";
import { addFacts } from "./facts.ts";
import { putInInbox } from "./signal.ts";
import { allOrNothing, runWrites } from "./writes.ts";

const LEAVE = reading(
  `delete from live where no = ? and lane = ? and epoch = ? and version = ? returning wake`,
);
const CLEAR_INBOX = changing(`delete from inbox where no = ?`);
const RELEASE = changing(`delete from guards where key = ? and no = ?`);
const END_JOURNEY = changing(
  `update journeys set state = ?, ended_at = ?, plan_step = coalesce(?, plan_step) where no = ? and lane = ?`,
);
/** The last facts of a lane, or of the whole execution: it leaves `live`. */
export function* end(batch: Batch, item: EndItem): Protocol<DriveOutcome> {
  if (item.writes === undefined) return yield* close(batch, item);
  const mark = markOf(batch);
  const outcome = yield* allOrNothing(close(batch, item), (result) => result.ok);
  if (!outcome.ok) backTo(batch, mark);
  return outcome;
}

function* close(batch: Batch, item: EndItem): Protocol<DriveOutcome> {
  const { no, lane, epoch, version, count } = item;
  const [left] = yield* query<{ wake: number }>(LEAVE, [no, lane, epoch, version]);
  if (left === undefined) return { ok: false, why: "lost" };
  if (item.writes !== undefined && !(yield* runWrites(item.writes))) {
    return { ok: false, why: "stale" };
  }
  const stream = { no, lane, version: version + count, epoch };
  const position = addFacts(batch, stream, item);
  for (const key of item.release ?? []) yield* change(RELEASE, [key, no]);
  if (item.ended === undefined) {
    yield* change(END_JOURNEY, [item.state, item.at, item.planStep ?? null, no, lane]);
  } else {
    endExecution(batch, item, item.ended);
    if (left.wake > 0) yield* change(CLEAR_INBOX, [no]);
    batch.fold.add(item.ended, item.state, item.at);
  }
  if (item.notify !== undefined) yield* putInInbox(item.notify, "child", item.notify.body, item.at);
  return { ok: true, position, parked: false };
}

function endExecution(batch: Batch, item: EndItem, row: EndedRow): void {
  const { no, version, count, epoch, at, state } = item;
  const { identity: i } = row;
  batch.executions.push(
    no,
    i.id,
    i.ws,
    i.kind,
    i.agent,
    i.target,
    i.driver,
    i.driverVersion,
    state,
    version + count,
    epoch,
    i.trigger,
    i.label,
    i.parentNo,
    row.createdAt,
    row.startedAt,
    at,
    row.waitedMs,
    row.steps,
    row.retries,
    row.warnings,
    row.errorCode,
    row.figures,
  );
}
