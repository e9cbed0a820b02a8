/** An ended execution is opened again: from the ended ones to the open ones, and out of the sums. */
import type { ReopenItem, ReopenOutcome } from "../items.ts";
import { change, changing, query, reading, type Protocol } from "../statement.ts";
import { type Batch, writeExecutions } from "./batch.ts";
import { findCommand, keepCommand } from "./commands.ts";
import { contributingOf, READ_ENDED, type EndedNumbers } from "./ended.ts";
import { addFacts } from "./facts.ts";

interface Ended extends EndedNumbers {
  readonly version: number;
  readonly epoch: number;
}

const READ = reading(`${READ_ENDED}, version, epoch from executions where no = ?`);
const IS_OPEN = reading(`select 1 from live where no = ? and lane = 0`);
const OPEN = changing(
  `insert into live (no, lane, id, ws, kind, agent, target, driver, driver_version, state, epoch, owner,
     incarnation, wake, ready_at, trigger, label, parent_no, created_at, started_at)
   select no, 0, id, ws, kind, agent, target, driver, driver_version, cast(? as text), epoch + 1, null,
     0, 0, cast(? as bigint), trigger, label, parent_no, created_at, cast(? as bigint)
   from executions where no = ?`,
);
const LEAVE = changing(`delete from executions where no = ?`);

export function* reopen(batch: Batch, item: ReopenItem): Protocol<ReopenOutcome> {
  const { no, ws, at, command, count } = item;
  const before = command && (yield* findCommand(ws, command.key));
  if (before !== undefined) return { ok: false, why: "repeated", answer: before.answer };
  yield* writeExecutions(batch); // it may have ended just before
  const [row] = yield* query<Ended>(READ, [no]);
  if (row === undefined) {
    const isOpen = (yield* query(IS_OPEN, [no])).length === 1;
    return { ok: false, why: isOpen ? "open" : "gone" };
  }
  if (Number(row.version) !== item.version) return { ok: false, why: "stale" };
  if (command !== undefined) yield* keepCommand(ws, command, no, at);
  batch.fold.take(contributingOf(row, item.day), row.state, Number(row.endedAt));
  yield* change(OPEN, [item.state, at, item.startedAt, no]);
  yield* change(LEAVE, [no]);
  const stream = { no, lane: 0, version: item.version + count, epoch: Number(row.epoch) + 1 };
  return { ok: true, position: addFacts(batch, stream, item) };
}
