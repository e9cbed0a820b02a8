import type { SignalItem, SignalOutcome } from "../items.ts";
import { change, changing, query, reading, type Protocol } from "../statement.ts";

const FIND = reading(`select no from live where id = ? and lane = 0`);
const HAS_LANE = reading(`select no from live where no = ? and lane = ?`);
const PUT = changing(
  `insert into inbox (no, lane, kind, body, at, command_key) values (?,?,?,?,?,?) on conflict do nothing`,
);
/** A lane above 0 is woken through lane 0, which alone is claimed from outside. */
const WAKE = changing(
  `update live set wake = wake + 1, ready_at = ? where no = ? and (lane = 0 or lane = ?)`,
);

/** Whatever anybody but the owner has to say goes into the inbox; the owner reads and records it. */
export function* signal(item: SignalItem): Protocol<SignalOutcome> {
  const [found] = yield* query<{ no: number }>(FIND, [item.id]);
  if (found === undefined) return { ok: false, why: "ended" };
  const no = Number(found.no);
  if (item.lane > 0 && (yield* query(HAS_LANE, [no, item.lane])).length === 0) {
    return { ok: false, why: "ended" };
  }
  const target = { no, lane: item.lane };
  const isNew = yield* putInInbox(target, item.kind, item.body, item.at, item.key);
  return { ok: true, no, repeated: !isNew };
}

export function* putInInbox(
  { no, lane }: { readonly no: number; readonly lane: number },
  kind: string,
  body: string,
  at: number,
  key?: string,
): Protocol<boolean> {
  const put = yield* change(PUT, [no, lane, kind, body, at, key ?? null]);
  if (put === 1) yield* change(WAKE, [at, no, lane]);
  return put === 1;
}
