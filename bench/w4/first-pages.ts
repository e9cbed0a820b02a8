/** First pages of a list: under each filter that has an index, under several, and under those that have none. */
import type { ListQuery } from "#api/executions/list.ts";

import { quantile, round, type Figures } from "../figures.ts";
import type { Scene } from "./scene.ts";

const ROUNDS = 100;
const WARM_UP = 5;
const DAY_MS = 86_400_000;

type Narrowed = Omit<ListQuery, "ws" | "sort" | "limit">;

const INDEXED: Readonly<Record<string, (now: number) => Narrowed>> = {
  all: () => ({}),
  agent: () => ({ agent: 3 }),
  kind: () => ({ kind: "loop" }),
  state: () => ({ states: ["failed"] }),
  none: () => ({ states: ["skipped"] }),
  phases: () => ({ phases: ["failed", "canceled"] }),
  days: (now) => ({ since: now - 30 * DAY_MS }),
  agentState: () => ({ agent: 3, states: ["failed"] }),
  agentRareState: () => ({ agent: 3, states: ["canceled"] }),
  agentKindState: () => ({ agent: 3, kind: "loop", states: ["failed"] }),
  agentNone: () => ({ agent: 3, states: ["skipped"] }),
  agentLongAgo: (now) => ({ agent: 3, since: now - 50 * DAY_MS, until: now - 40 * DAY_MS }),
};
const LOOKED_AT: Readonly<Record<string, (now: number) => Narrowed>> = {
  label: () => ({ label: "thousandth" }),
  noLabel: () => ({ label: "there is none" }),
  duration: () => ({ minMs: 300_000 }),
  cost: () => ({ agent: 3, minCost: 1 }),
};

export async function firstPages(scene: Scene): Promise<Partial<Figures>> {
  const indexed = await measure(scene, INDEXED);
  const lookedAt = await measure(scene, LOOKED_AT);
  const all = [...indexed.values()].flat();
  const each = [...indexed, ...lookedAt].map(([name, ms]) => [
    `firstPage${name.charAt(0).toUpperCase()}${name.slice(1)}P99Ms`,
    round(quantile(ms, 0.99), 2),
  ]);
  return {
    firstPageP50Ms: round(quantile(all, 0.5), 2),
    firstPageP99Ms: round(quantile(all, 0.99), 2),
    lookedAtPageP99Ms: round(quantile([...lookedAt.values()].flat(), 0.99), 2),
    ...(Object.fromEntries(each) as Record<string, number>),
  };
}

/** In turns, so that what disturbs one disturbs all. */
async function measure(
  { executions, ws, now }: Scene,
  queries: Readonly<Record<string, (now: number) => Narrowed>>,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const took = new Map(Object.keys(queries).map((name): [string, number[]] => [name, []]));
  for (let turn = 0; turn < ROUNDS + WARM_UP; turn += 1) {
    for (const [name, narrowed] of Object.entries(queries)) {
      const startedAt = performance.now();
      await executions.list({ ws, sort: "newest", limit: 50, ...narrowed(now) });
      if (turn >= WARM_UP) took.get(name)?.push(performance.now() - startedAt);
    }
  }
  return took;
}
