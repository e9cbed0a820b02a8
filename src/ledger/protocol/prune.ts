/** Ended executions leave the ledger; their sums go to the base that a rebuild begins with. */
import type { Prunable, PruneItem, PruneOutcome } from "../items.ts";
import { change, changing, query, reading, type Protocol } from "../statement.ts";
import type { Batch } from "./batch.ts";
import { keepCounters } from "./counters.ts";
import { contributingOf, type EndedNumbers, READ_ENDED } from "./ended.ts";
import { BASE, Fold } from "./fold.ts";
import { runWrites } from "./writes.ts";

/** A child stays until its parent has put its end on record: until then the parent may ask what it came to. */
export const MAY_GO = `(parent_no is null or not exists (select 1 from inbox
     where inbox.no = executions.parent_no and inbox.kind = 'child'
       and inbox.body like '%"' || executions.id || '"%'))`;

const READ = reading(
  `${READ_ENDED},
     (select max(position) from facts where facts.no = executions.no and lane = 0
        and facts.version = executions.version) as position
   from executions where no = ? and ${MAY_GO}`,
);
interface Ended extends EndedNumbers {
  readonly position: number | null;
}

const LEAVE = changing(`delete from executions where no = ?`);
const MARK = changing(`insert into pruning (no) values (?)`);
const ENROL = changing(
  `insert into enrolled (agent, entity, ws)
   select agent, entity, min(ws) from journeys
   where no = ? and agent > 0 and entity is not null group by agent, entity
   on conflict do nothing`,
);
const MOVE_FLOOR = changing(
  `insert into pruned (ws, position) values (?, ?)
   on conflict (ws) do update set position = excluded.position where excluded.position > pruned.position`,
);

export function* prune(batch: Batch, item: PruneItem): Protocol<PruneOutcome> {
  yield* keepCounters(batch.counters);
  const fold = new Fold();
  const floors = new Map<number, number>();
  let pruned = 0;
  for (const one of item.executions) pruned += yield* takeOut(fold, floors, one);
  yield* fold.write(BASE);
  for (const [ws, position] of floors) yield* change(MOVE_FLOOR, [ws, position]);
  if (item.writes !== undefined) yield* runWrites(item.writes);
  return { pruned, isLeft: yield* sweep(item.most) };
}

/** From here on it is found nowhere. */
function* takeOut(
  fold: Fold,
  floors: Map<number, number>,
  { no, day, endedAt }: Prunable,
): Protocol<0 | 1> {
  const [row] = yield* query<Ended>(READ, [no]);
  if (row === undefined || (endedAt ?? Number(row.endedAt)) !== Number(row.endedAt)) return 0;
  fold.add(contributingOf(row, day), row.state, Number(row.endedAt));
  const ws = Number(row.ws);
  floors.set(ws, Math.max(floors.get(ws) ?? 0, Number(row.position ?? 0)));
  yield* change(ENROL, [no]);
  yield* change(LEAVE, [no]);
  yield* change(MARK, [no]);
  return 1;
}

const LEFT = reading(`select no from pruning order by no limit ?`);
const DELETED = [
  `delete from facts where no = ? and position in (select position from facts where no = ? limit ?)`,
  `delete from payloads where no = ? and (lane, version, part) in
     (select lane, version, part from payloads where no = ? limit ?)`,
  `delete from journeys where no = ? and lane in (select lane from journeys where no = ? limit ?)`,
  `delete from commands where no = ? and (ws, key) in
     (select ws, key from commands where no = ? limit ?)`,
].map(changing);
const DONE = changing(`delete from pruning where no = ?`);

/** Deletes up to so many rows of what was taken out; answers whether any are left. */
function* sweep(most: number): Protocol<boolean> {
  let room = most;
  for (const { no } of yield* query<{ no: number }>(LEFT, [most])) {
    for (const statement of DELETED) {
      room -= yield* change(statement, [no, no, room]);
      if (room <= 0) return true;
    }
    yield* change(DONE, [no]);
  }
  return (yield* query(LEFT, [1])).length > 0;
}
