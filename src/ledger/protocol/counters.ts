import { change, changing, query, reading, type Protocol } from "../statement.ts";

/** The numbers given out last. One writer has them, so they need no sequence; none is given twice, also after pruning. */
export interface Counters {
  no: number;
  position: number;
}

const LAST = reading(
  `select max(position) as position, max(no) as no from (
     select max(position) as position, 0 as no from facts
     union all select 0, max(no) from live
     union all select 0, max(no) from executions
     union all select cast(value as bigint), 0 from meta where key = 'last_position'
     union all select 0, cast(value as bigint) from meta where key = 'last_no') as given`,
);

/** Reads them from the store: when a writer opens it, and at each batch where several may write. */
export function* readCounters(): Protocol<Counters> {
  const [row] = yield* query<{ no: number; position: number }>(LAST, []);
  return { no: Number(row?.no ?? 0), position: Number(row?.position ?? 0) };
}

const KEEP = changing(
  `insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value`,
);

/** To be done before rows are deleted that may be the last ones. */
export function* keepCounters({ no, position }: Counters): Protocol<void> {
  yield* change(KEEP, ["last_no", String(no)]);
  yield* change(KEEP, ["last_position", String(position)]);
}
