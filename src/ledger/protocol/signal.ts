import type { SignalItem, SignalOutcome } from "../items.ts";
import { change, changing, query, reading, type Protocol } from "../statement.ts";

const FIND = reading(`select no, ws from live where id = ? and lane = 0`);
const REMEMBER = changing(
  `insert into commands (ws, key, no, answer, at) values (?,?,?,'',?) on conflict do nothing`,
);
const PUT = changing(`insert into inbox (no, lane, kind, body, at) values (?,?,?,?,?)`);
/**
 * A lane above 0 is woken through lane 0, which alone is claimed from outside. What is due already keeps
 * its place.
 */
const WAKE = reading(
  `update live set wake = wake + 1, ready_at = case when ready_at < ? then ready_at else ? end
   where no = ? and (lane = 0 or lane = ?) returning lane`,
);
/** What is canceled before it began does not stand among those that want to begin. */
const LEAVE_LINE = changing(
  `update live set epoch = 1 where no = ? and lane = 0 and epoch = 0 and owner is null`,
);

/** Whatever anybody but the owner has to say goes into the inbox; the owner reads and records it. */
export function* signal(item: SignalItem): Protocol<SignalOutcome> {
  const [found] = yield* query<{ no: number; ws: number }>(FIND, [item.id]);
  if (found === undefined) return { ok: false, why: "ended" };
  const no = Number(found.no);
  if (item.key !== undefined) {
    const key = `signal ${no}.${item.lane} ${item.key}`;
    const isNew = yield* change(REMEMBER, [found.ws, key, no, item.at]);
    if (isNew === 0) return { ok: true, no, repeated: true };
  }
  const isOpen = yield* putInInbox({ no, lane: item.lane }, item.kind, item.body, item.at);
  if (item.kind === "cancel") yield* change(LEAVE_LINE, [no]);
  return isOpen ? { ok: true, no, repeated: false } : { ok: false, why: "ended" };
}

/** Whether the lane is open; one that has ended hears nothing more. */
export function* putInInbox(
  { no, lane }: { readonly no: number; readonly lane: number },
  kind: string,
  body: string,
  at: number,
): Protocol<boolean> {
  const woken = yield* query<{ lane: number }>(WAKE, [at, at, no, lane]);
  if (!woken.some((row) => Number(row.lane) === lane)) return false;
  yield* change(PUT, [no, lane, kind, body, at]);
  return true;
}
