/** Simulations in a test's world. */
import { DatabaseSync } from "node:sqlite";

import type { Agent } from "#workspace/agent.ts";

import { OLGA, type World } from "../testing.ts";
import type { Asked, Simulated } from "./asked.ts";
import { simulateHere } from "./simulate-here.ts";

/** Of an agent of the world, at its time, with room for everything. */
export async function simulateIn(
  world: World,
  agent: Agent,
  more: Partial<Asked> = {},
): Promise<Simulated> {
  const { path, clock, entered } = world;
  return await simulateHere({
    path,
    zone: entered.workspace.zone,
    now: clock.now(),
    agent,
    by: OLGA.userId,
    sentToday: 0,
    workOn: {},
    most: 1000,
    budgetMs: 60_000,
    ...more,
  });
}

/** Every row of every table of a store, as text. */
export function contentsOf(path: string): ReadonlyMap<string, string> {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = db.prepare("select name from sqlite_schema where type = 'table'").all();
    return new Map(
      tables.map(({ name }) => {
        const rows = db.prepare(`select * from "${String(name)}"`).all();
        return [String(name), rows.map((row) => JSON.stringify(row)).join("\n")];
      }),
    );
  } finally {
    db.close();
  }
}
