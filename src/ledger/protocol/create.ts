import type { CreateItem, CreateOutcome } from "../items.ts";
import { change, changing, query, reading, type Protocol } from "../statement.ts";
import { writeLive, type Batch } from "./batch.ts";
import { findCommand, keepCommand } from "./commands.ts";
import { addFacts } from "./facts.ts";
import { allOrNothing, runWrites } from "./writes.ts";

const TAKE_GUARD = changing(`insert into guards (key, no) values (?,?) on conflict do nothing`);
const GUARD_HOLDER = reading(
  `select live.id as id from guards join live on live.no = guards.no and live.lane = 0 where guards.key = ?`,
);
const RELEASE_GUARD = changing(`delete from guards where key = ? and no = ?`);

const COUNT = changing(
  `insert into counted (series, n, no)
   select cast(? as text), coalesce(max(n), 0) + 1, cast(? as bigint) from counted where series = ?`,
);

/** A new execution, unless its command was answered before or one of its guards is taken. */
export function create(batch: Batch, item: CreateItem): Protocol<CreateOutcome> {
  const made = bringForth(batch, item);
  return item.writes === undefined ? made : allOrNothing(batch, made, ({ ok }) => ok);
}

function* bringForth(batch: Batch, item: CreateItem): Protocol<CreateOutcome> {
  const { identity, command, at } = item;
  const before = command && (yield* findCommand(identity.ws, command.key));
  if (before !== undefined) {
    return { ok: false, why: "repeated", no: Number(before.no), answer: before.answer };
  }
  const no = batch.counters.no + 1;
  if (item.guards !== undefined) {
    const refused = yield* takeGuards(batch, no, item.guards);
    if (refused !== undefined) return refused;
  }
  if (command !== undefined) yield* keepCommand(identity.ws, command, no, at);
  if (item.writes !== undefined && !(yield* runWrites(item.writes))) {
    return { ok: false, why: "stale" };
  }
  batch.counters.no = no;
  if (item.counted !== undefined) yield* change(COUNT, [item.counted, no, item.counted]);
  const position = addLive(batch, no, item);
  return { ok: true, no, position };
}

/** All of them or none: those already taken here are given back when one is refused. */
function* takeGuards(
  batch: Batch,
  no: number,
  guards: readonly string[],
): Protocol<CreateOutcome | undefined> {
  for (const [index, key] of guards.entries()) {
    if ((yield* change(TAKE_GUARD, [key, no])) === 1) continue;
    for (const taken of guards.slice(0, index)) yield* change(RELEASE_GUARD, [taken, no]);
    yield* writeLive(batch);
    const [holder] = yield* query<{ id: string }>(GUARD_HOLDER, [key]);
    return { ok: false, why: "guarded", key, holder: holder?.id ?? "" };
  }
  return undefined;
}

function addLive(batch: Batch, no: number, item: CreateItem): number {
  const { identity: i, owner, at } = item;
  const epoch = owner === undefined ? 0 : 1;
  batch.live.push(
    no,
    0,
    i.id,
    i.ws,
    i.kind,
    i.agent,
    i.target,
    i.driver,
    i.driverVersion,
    item.state,
    epoch,
    owner?.id ?? null,
    owner?.incarnation ?? 0,
    0,
    owner === undefined ? (item.readyAt ?? at) : null,
    i.trigger,
    i.label,
    i.parentNo,
    at,
    item.startedAt,
  );
  return addFacts(batch, { no, lane: 0, version: item.count, epoch }, item);
}
