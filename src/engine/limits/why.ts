/** What an execution that never began waits for. */
import type { Clock } from "#domain/clock.ts";
import type { Rate } from "#domain/rate.ts";
import type { Ledger } from "#ledger/ledger.ts";

import type { Full, Limits } from "./limits.ts";
import type { Places } from "./places.ts";
import { readRooms } from "./rooms.ts";

export type InLine =
  /** For a place, or for its turn where there are some. */
  | { readonly for: Full | "turn" }
  /** For its agent's rate; `until` null: as long as that stays as it is. */
  | { readonly for: "rate"; readonly rate: Rate; readonly until: number | null };

export interface WhyNeeds {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly places: Places;
}

export async function whyInLine(
  { ledger, clock, limits, places }: WhyNeeds,
  ws: number,
  agent: number,
): Promise<InLine> {
  const line = { ws, agent, begun: false };
  const room = (await readRooms(ledger, limits, [line], clock.now())).get(agent);
  if (room !== undefined && room.room <= 0)
    return { for: "rate", rate: room.rate, until: room.from };
  return { for: places.full(ws, agent) ?? "turn" };
}
