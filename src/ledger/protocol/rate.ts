/** What starts at a rate is counted where it is claimed, in the same transaction. */
import { firstPart, partOf, type Rate } from "#domain/rate.ts";

import { change, changing, query, reading, type Protocol } from "../statement.ts";

const USED = reading(
  `select coalesce(sum(n), 0) as n from counter where agent = ? and what = 'starts' and span >= ?`,
);
const COUNT = changing(
  `insert into counter (agent, what, span, n) values (?,'starts',?,?)
   on conflict (agent, what, span) do update set n = counter.n + excluded.n`,
);
const FORGET = changing(`delete from counter where agent = ? and what = 'starts' and span < ?`);

/** How many more of an agent's executions may start. */
export function* roomOf(agent: number, rate: Rate, at: number): Protocol<number> {
  const [row] = yield* query<{ n: number }>(USED, [agent, firstPart(rate, at)]);
  return rate.most - Number(row?.n ?? 0);
}

/** Counts those that do, and drops what counts no more. */
export function* count(agent: number, rate: Rate, at: number, n: number): Protocol<void> {
  yield* change(FORGET, [agent, firstPart(rate, at)]);
  yield* change(COUNT, [agent, partOf(rate, at), n]);
}
