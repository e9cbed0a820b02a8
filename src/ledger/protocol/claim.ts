import type { Claimed, ClaimItem, ClaimLanesItem, RecoverItem, UnblockItem } from "../items.ts";
import { change, changing, query, reading, type Protocol } from "../statement.ts";

const COLUMNS = "no, lane, id, ws, driver, state, blocked, version, epoch, wake";
const CLAIM = reading(
  `update live set owner = ?, incarnation = ?, epoch = epoch + 1
   where lane = 0 and no in (select no from live
     where owner is null and ready_at is not null and lane = 0 and ready_at <= ? order by ready_at limit ?)
   returning ${COLUMNS}`,
);
/**
 * Only for who holds lane 0 now: a lane with another owner then belongs to a life that is over. One that
 * lost lane 0 meanwhile gets none, or it would take them from the new holder.
 */
const CLAIM_LANES = reading(
  `update live set owner = ?, incarnation = ?, epoch = epoch + 1
   where no = ? and lane between ? and ? and (owner <> ? or incarnation <> ?
     or (owner is null and coalesce(ready_at, ?) <= ?))
     and exists (select 1 from live as head
       where head.no = ? and head.lane = 0 and head.owner = ? and head.incarnation = ?)
   returning ${COLUMNS}`,
);
const RECOVER = changing(
  `update live set owner = null, ready_at = ? where lane = 0 and owner = ? and incarnation < ?`,
);
const UNBLOCK = changing(
  `update live set ready_at = ? where owner is null
     and no in (select no from live where blocked is not null)`,
);

const UNBLOCK_ONE = changing(
  `update live set ready_at = ? where owner is null
     and no in (select no from live where id = ? and lane = 0)
     and no in (select no from live where blocked is not null)`,
);

/** Takes what is due, oldest first, each with an epoch that nobody had before. */
export function* claim({ owner, at, limit }: ClaimItem): Protocol<readonly Claimed[]> {
  return yield* query<Claimed>(CLAIM, [owner.id, owner.incarnation, at, limit]);
}

export function* claimLanes(item: ClaimLanesItem): Protocol<readonly Claimed[]> {
  const { no, first, last, owner, at, all = false } = item;
  const { id, incarnation } = owner;
  const [noDue, until] = all ? [0, Number.MAX_SAFE_INTEGER] : [at + 1, at];
  const range = [no, first, last];
  return yield* query<Claimed>(CLAIM_LANES, [
    id,
    incarnation,
    ...range,
    id,
    incarnation,
    noDue,
    until,
    no,
    id,
    incarnation,
  ]);
}

/** At start: what this node's former lives held is free again, and what was blocked is tried again. */
export function* recover({ owner, at }: RecoverItem): Protocol<number> {
  yield* change(UNBLOCK, [at]);
  return yield* change(RECOVER, [at, owner.id, owner.incarnation]);
}

export function* unblock({ id, at }: UnblockItem): Protocol<number> {
  return yield* change(UNBLOCK_ONE, [at, id]);
}
