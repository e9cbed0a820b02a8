/** A word to every open execution of an agent, written in the transaction of whatever else it belongs to. */
import type { Write } from "#store/store.ts";

export interface Word {
  readonly kind: "pause" | "resume" | "cancel";
  /** JSON: codes and ids only. */
  readonly body: string;
  readonly at: number;
}

/** `waiting`: only to those of which nothing can move now. */
type Which = "open" | "waiting";

const PUT = `insert into inbox (no, lane, kind, body, at)
  select no, 0, cast(? as text), cast(? as text), cast(? as bigint) from live
  where ws = ? and agent = ? and lane = 0`;
const WAKE = `update live set wake = wake + 1, ready_at = ? where ws = ? and agent = ? and lane = 0`;
const NARROWED: Readonly<Record<Which, string>> = { open: "", waiting: " and state = 'waiting'" };

/** As a signal to each, so none is missed by one that parks; who has them in memory is to be told to look. */
export function telling(
  { ws, no }: { readonly ws: number; readonly no: number },
  { kind, body, at }: Word,
  which: Which = "open",
): readonly Write[] {
  const narrowed = NARROWED[which];
  return [
    { sql: PUT + narrowed, parameters: [kind, body, at, ws, no] },
    { sql: WAKE + narrowed, parameters: [at, ws, no] },
  ];
}
