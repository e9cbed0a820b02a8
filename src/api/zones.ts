import { wallClockOf } from "#domain/zones.ts";
import type { Workspaces } from "#workspace/workspaces.ts";

const DAY_MS = 86_400_000;

export interface DayKeeper {
  /** Days since 1970-01-01 of a moment, in the zone of the workspace. */
  readonly dayOf: (ws: number, at: number) => number;
  /** The same workspaces, whose zones are known at once. */
  readonly workspaces: Workspaces;
}

/** The engine asks for a day in the middle of an append, so zones are kept in memory. */
export async function keepDays(workspaces: Workspaces): Promise<DayKeeper> {
  const zones = new Map((await workspaces.all()).map(({ no, zone }) => [no, zone]));
  return {
    dayOf: (ws, at) => Math.floor(wallClockOf(at, zones.get(ws) ?? "UTC") / DAY_MS),
    workspaces: {
      ...workspaces,
      create: async (...given) => {
        const created = await workspaces.create(...given);
        zones.set(created.no, created.zone);
        return created;
      },
      change: async (...given) => {
        const changed = await workspaces.change(...given);
        zones.set(changed.no, changed.zone);
        return changed;
      },
    },
  };
}
