/** A person is forgotten: what stands in their name is emptied, and what is under way for them ends. */
import type { EraseItem, EraseOutcome } from "../items.ts";
import { change, changing, query, reading, type Protocol } from "../statement.ts";
import { type Batch, writePayloads } from "./batch.ts";
import { putInInbox } from "./signal.ts";
import { allOrNothing, runWrites } from "./writes.ts";

/** The rows stay: who replays their stream finds that there was an answer, and that it is gone. */
const EMPTY = changing(
  `update payloads set body = null where subject = ? and body is not null
     and (exists (select 1 from executions where executions.no = payloads.no and executions.ws = ?)
       or exists (select 1 from live where live.no = payloads.no and live.lane = 0 and live.ws = ?))`,
);
const FORGET_KEY = changing(`delete from subject_keys where ws = ? and subject = ?`);
const FORGET_ENROLLED = changing(`delete from enrolled where entity = ? and ws = ?`);
const REMEMBER = changing(
  `insert into erasures (ws, subject, at) values (?,?,?) on conflict do nothing`,
);
const OPEN = reading(
  `select journeys.no as no, journeys.lane as lane from journeys join live
     on live.no = journeys.no and live.lane = journeys.lane
   where journeys.agent = ? and journeys.entity = ? and journeys.ws = ? and journeys.ended_at is null`,
);

const NAMED = reading(
  `select no from payloads where subject = ?
     and (exists (select 1 from executions where executions.no = payloads.no and executions.ws = ?)
       or exists (select 1 from live where live.no = payloads.no and live.lane = 0 and live.ws = ?))`,
);
const ON_JOURNEY = reading(`select no from journeys where agent = ? and entity = ? and ws = ?`);

interface Lane {
  readonly no: number;
  readonly lane: number;
}

export function* erase(batch: Batch, item: EraseItem): Protocol<EraseOutcome> {
  yield* writePayloads(batch); // those of others must not be undone with this
  return yield* allOrNothing(batch, forget(item), ({ ok }) => ok);
}

function* forget(item: EraseItem): Protocol<EraseOutcome> {
  const { ws, subject, at } = item;
  const executions = yield* findNamed(item);
  const payloads = yield* change(EMPTY, [subject, ws, ws]);
  const keys = yield* change(FORGET_KEY, [ws, subject]);
  yield* change(FORGET_ENROLLED, [subject, ws]);
  yield* change(REMEMBER, [ws, subject, at]);
  const lanes: Lane[] = [];
  for (const agent of item.agents) lanes.push(...(yield* endJourneys(agent, item)));
  const held = item.writes === undefined || (yield* runWrites(item.writes));
  return held ? { ok: true, payloads, keys, executions, lanes } : { ok: false, why: "stale" };
}

function* findNamed({ ws, subject, agents }: EraseItem): Protocol<readonly number[]> {
  const rows = [...(yield* query<Pick<Lane, "no">>(NAMED, [subject, ws, ws]))];
  for (const agent of agents) rows.push(...(yield* query<Lane>(ON_JOURNEY, [agent, subject, ws])));
  return [...new Set(rows.map(({ no }) => Number(no)))];
}

function* endJourneys(
  agent: number,
  { ws, subject, by, reason, at }: EraseItem,
): Protocol<readonly Lane[]> {
  const rows = yield* query<Lane>(OPEN, [agent, subject, ws]);
  const lanes = rows.map(({ no, lane }) => ({ no: Number(no), lane: Number(lane) }));
  for (const lane of lanes) yield* putInInbox(lane, "cancel", JSON.stringify({ by, reason }), at);
  return lanes;
}
