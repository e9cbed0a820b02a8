import { readDashboard } from "#analytics/dashboard.ts";

import { quantile, round, type Figures } from "../figures.ts";
import type { Scene } from "./scene.ts";

const ROUNDS = 50;
const WARM_UP = 3;
const DAY_MS = 86_400_000;

/** Thirty days beside the thirty before, of all agents. */
export async function dashboards({ ledger, ws, now }: Scene): Promise<Partial<Figures>> {
  const today = Math.floor(now / DAY_MS);
  const took: number[] = [];
  for (let turn = 0; turn < ROUNDS + WARM_UP; turn += 1) {
    const startedAt = performance.now();
    await readDashboard(ledger.store, { ws, range: "30d", today });
    if (turn >= WARM_UP) took.push(performance.now() - startedAt);
  }
  return {
    dashboardP50Ms: round(quantile(took, 0.5), 2),
    dashboardP99Ms: round(quantile(took, 0.99), 2),
  };
}
