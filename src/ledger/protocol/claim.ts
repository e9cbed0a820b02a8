import type {
  Claimed,
  ClaimItem,
  ClaimLanesItem,
  ClaimLanesOutcome,
  Owner,
  RecoverItem,
  ReleaseItem,
  Share,
  UnblockItem,
} from "../items.ts";
import { change, changing, query, reading, type Protocol } from "../statement.ts";
import { count, roomOf } from "./rate.ts";

const COLUMNS = "no, lane, id, ws, agent, driver, state, blocked, epoch, wake";
const claimWhere = (epoch: string) =>
  reading(
    `update live set owner = ?, incarnation = ?, epoch = epoch + 1
     where lane = 0 and no in (select no from live
       where owner is null and ready_at is not null and lane = 0 and ${epoch}
         and ws = ? and agent = ? and ready_at <= ? order by ready_at limit ?)
     returning ${COLUMNS}`,
  );
const CLAIM_NEW = claimWhere("epoch = 0");
const CLAIM_BEGUN = claimWhere("epoch > 0");
const CLAIM_URGENT = reading(
  `update live set owner = ?, incarnation = ?, epoch = epoch + 1
   where lane = 0 and owner is null and ready_at <= ? and no in (select no from inbox
     where kind in ('cancel', 'pause') and lane = 0 order by no limit ?)
   returning ${COLUMNS}`,
);
/** A lane with another owner belongs to a life that is over: whoever holds lane 0 now may take it. */
const CLAIM_LANES = reading(
  `update live set owner = ?, incarnation = ?, epoch = epoch + 1
   where no = ? and lane between ? and ? and (
     (owner is not null and (owner <> ? or incarnation <> ?))
     or (owner is null and coalesce(ready_at, ?) <= ?))
   returning ${COLUMNS}`,
);
const HOLDS = reading(
  `select 1 from live where no = ? and lane = 0 and owner = ? and incarnation = ? and epoch = ?`,
);
const RECOVER = changing(
  `update live set owner = null, ready_at = ? where lane = 0 and owner = ? and incarnation < ?`,
);
const RELEASE = changing(
  `update live set owner = null, ready_at = ? where no = ? and lane = 0 and owner = ? and incarnation = ?`,
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

/** Takes shares of lines, of each what is due, oldest first, with an epoch that nobody had before. */
export function* claim({ owner, at, from, urgent }: ClaimItem): Protocol<readonly Claimed[]> {
  const claimed: Claimed[] = [];
  for (const share of from) claimed.push(...(yield* claimShare(owner, at, share)));
  if (urgent === undefined) return claimed;
  const parameters = [owner.id, owner.incarnation, at, urgent];
  return [...claimed, ...(yield* query<Claimed>(CLAIM_URGENT, parameters))];
}

function* claimShare(owner: Owner, at: number, share: Share): Protocol<readonly Claimed[]> {
  const { ws, agent, begun, rate } = share;
  const most =
    rate === undefined ? share.most : Math.min(share.most, yield* roomOf(agent, rate, at));
  if (most <= 0) return [];
  const statement = begun ? CLAIM_BEGUN : CLAIM_NEW;
  const parameters = [owner.id, owner.incarnation, ws, agent, at, most];
  const claimed = yield* query<Claimed>(statement, parameters);
  if (rate !== undefined && claimed.length > 0) yield* count(agent, rate, at, claimed.length);
  return claimed;
}

/** One that lost lane 0 meanwhile gets none, or it would take them from the new holder. */
export function* claimLanes(item: ClaimLanesItem): Protocol<ClaimLanesOutcome> {
  const { no, first, last, owner, epoch, at, all = false, held = false } = item;
  const { id, incarnation } = owner;
  const holds = yield* query(HOLDS, [no, id, incarnation, epoch]);
  if (holds.length === 0) return { ok: false, why: "lost" };
  const notHeldBy = held ? ["", 0] : [id, incarnation];
  const [noDue, until] = all ? [0, Number.MAX_SAFE_INTEGER] : [at + 1, at];
  const parameters = [id, incarnation, no, first, last, ...notHeldBy, noDue, until];
  return { ok: true, lanes: yield* query<Claimed>(CLAIM_LANES, parameters) };
}

/** Whether it was still held. */
export function* release({ no, owner, readyAt }: ReleaseItem): Protocol<boolean> {
  return (yield* change(RELEASE, [readyAt, no, owner.id, owner.incarnation])) === 1;
}

/** At start: what this node's former lives held is free again, and what was blocked is tried again. */
export function* recover({ owner, at }: RecoverItem): Protocol<number> {
  yield* change(UNBLOCK, [at]);
  return yield* change(RECOVER, [at, owner.id, owner.incarnation]);
}

export function* unblock({ id, at }: UnblockItem): Protocol<number> {
  return yield* change(UNBLOCK_ONE, [at, id]);
}
