/** A word to every open execution of an agent, written in the transaction of whatever else it belongs to. */
import type { Write } from "#store/store.ts";

export interface Word {
  readonly kind: "pause" | "resume" | "cancel" | "move";
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

const TELL_LANES = `insert into inbox (no, lane, kind, body, at)
  select live.no, live.lane, 'move', cast(? as text), cast(? as bigint)
  from live as main join live on live.no = main.no and live.lane > 0
  where main.ws = ? and main.agent = ? and main.lane = 0 and main.state = 'waiting'`;
/** They hear it when they are due; what is due at no time is due now. */
const COUNT_LANES = `update live set wake = wake + 1, ready_at = coalesce(ready_at, ?)
  where lane > 0 and no in (select no from live
    where ws = ? and agent = ? and lane = 0 and state = 'waiting')`;

export interface Onto {
  /** The same for an execution and its lanes. */
  readonly key: string;
  readonly by: string;
  readonly given: unknown;
  readonly at: number;
}

/** To every execution of the agent that waits, and to its lanes: to go on with another input. */
export function tellingToMove(
  agent: { readonly ws: number; readonly no: number },
  { key, by, given, at }: Onto,
): readonly Write[] {
  const { ws, no } = agent;
  const short = JSON.stringify({ key, by });
  const body = JSON.stringify({ key, by, given });
  return [
    { sql: TELL_LANES, parameters: [short, at, ws, no] },
    { sql: COUNT_LANES, parameters: [at, ws, no] },
    ...telling(agent, { kind: "move", body, at }, "waiting"),
  ];
}

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
