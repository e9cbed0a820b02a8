/** How many executions may start at their agents' rates, as the ledger has counted them. */
import { firstPart, roomAt, roomIn, type Rate } from "#domain/rate.ts";
import type { Line } from "#ledger/items.ts";
import type { Ledger } from "#ledger/ledger.ts";

import type { Limits } from "./limits.ts";

/** Of one agent, now. */
export interface RateRoom {
  readonly rate: Rate;
  readonly room: number;
  /** From when on there is room; null: as long as the rate stays as it is there is none. */
  readonly from: number | null;
}

const NONE: ReadonlyMap<number, RateRoom> = new Map();

/** Those whose starts are limited, of the agents that have some waiting. */
export async function readRooms(
  ledger: Pick<Ledger, "starts">,
  { rates }: Limits,
  lines: readonly Line[],
  at: number,
): Promise<ReadonlyMap<number, RateRoom>> {
  if (rates === undefined) return NONE;
  const waiting = lines.flatMap((line) => (line.agent > 0 && !line.begun ? [line.agent] : []));
  if (waiting.length === 0) return NONE;
  const rooms = new Map<number, RateRoom>();
  for (const [agent, rate] of await rates(waiting)) {
    const counts = await ledger.starts(agent, firstPart(rate, at));
    rooms.set(agent, { rate, room: roomIn(rate, at, counts), from: roomAt(rate, at, counts) });
  }
  return rooms;
}
