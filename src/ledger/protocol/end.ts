import type { DriveOutcome, EndedRow, EndItem } from "../items.ts";
import { change, changing, type Protocol } from "../statement.ts";
import type { Batch } from "./batch.ts";
import { addFacts } from "./facts.ts";
import { HELD_AT, heldAt } from "./held.ts";
import { putInInbox } from "./signal.ts";
import { allOrNothing, runWrites } from "./writes.ts";

/** Most were never told anything; those are spared a look at the inbox. */
const LEAVE_UNTOLD = changing(`delete from live where ${HELD_AT} and wake = 0`);
const LEAVE = changing(`delete from live where ${HELD_AT}`);
const CLEAR_INBOX = changing(`delete from inbox where no = ?`);
const RELEASE = changing(`delete from guards where key = ? and no = ?`);
const END_JOURNEY = changing(
  `update journeys set state = ?, ended_at = ?, plan_step = coalesce(?, plan_step) where no = ? and lane = ?`,
);
/** The last facts of a lane, or of the whole execution: it leaves `live`. */
export function end(batch: Batch, item: EndItem): Protocol<DriveOutcome> {
  const closed = close(batch, item);
  return item.writes === undefined ? closed : allOrNothing(batch, closed, ({ ok }) => ok);
}

function* close(batch: Batch, item: EndItem): Protocol<DriveOutcome> {
  const { no, lane, epoch, version, count } = item;
  const parameters = heldAt(item);
  const untold = yield { statement: LEAVE_UNTOLD, parameters };
  if (untold !== 1 && (yield { statement: LEAVE, parameters }) !== 1) {
    return { ok: false, why: "lost" };
  }
  if (item.writes !== undefined && !(yield* runWrites(item.writes))) {
    return { ok: false, why: "stale" };
  }
  const stream = { no, lane, version: version + count, epoch };
  const position = addFacts(batch, stream, item);
  yield* settle(batch, item, untold === 1);
  return { ok: true, position, parked: false };
}

/** @param untold nobody had anything to say to it, so its inbox is empty */
function* settle(batch: Batch, item: EndItem, untold: boolean): Protocol<void> {
  const { no, lane, at, state, planStep = null, release = [], ended, notify } = item;
  for (const key of release) yield* change(RELEASE, [key, no]);
  if (ended === undefined) {
    yield* change(END_JOURNEY, [state, at, planStep, no, lane]);
  } else {
    endExecution(batch, item, ended);
    if (!untold) yield* change(CLEAR_INBOX, [no]);
    batch.fold.add(ended, state, ended.endedAt ?? at);
  }
  if (notify !== undefined) yield* putInInbox(notify, "child", notify.body, at);
}

function endExecution(batch: Batch, item: EndItem, row: EndedRow): void {
  const { no, version, count, epoch, at, state } = item;
  const { identity: i, spending } = row;
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
    row.endedAt ?? at,
    row.waitedMs,
    row.steps,
    row.retries,
    row.warnings,
    row.errorCode,
    row.figures,
    spending === null ? null : spending.cost,
    spending === null ? null : spending.unknown,
    spending === null ? null : JSON.stringify(spending.tokens),
  );
}
