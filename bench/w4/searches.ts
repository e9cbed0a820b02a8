import { quantile, round, type Figures } from "../figures.ts";
import { addressOf } from "../history.ts";
import type { Scene } from "./scene.ts";

const SAMPLES = 100;
const MOST_MS_EACH = 10_000;

/** What people search for, by the name that its figures get; each finds something. */
function searchesIn(executions: number): Readonly<Record<string, readonly string[]>> {
  const picked = Array.from({ length: SAMPLES }, (_, n) => Math.floor((n * executions) / SAMPLES));
  return {
    email: picked.map(addressOf),
    prefix: picked.map((index) => addressOf(index).slice(0, -12)),
    frequentWord: picked.map(() => "hello"),
    twoFrequent: picked.map(() => "hello completed"),
    rareAndFrequent: picked.map((index) => `${addressOf(index)} hello`),
  };
}

/** The first page of each, by the list. */
export async function searches(scene: Scene): Promise<Partial<Figures>> {
  const times: [string, number][] = [];
  for (const [name, texts] of Object.entries(searchesIn(scene.count))) {
    const took = await timesOf(scene, texts);
    const key = `search${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    times.push([`${key}P50Ms`, round(quantile(took, 0.5), 2)]);
    times.push([`${key}P99Ms`, round(quantile(took, 0.99), 2)]);
  }
  return Object.fromEntries(times) as Record<string, number>;
}

async function timesOf(
  { executions, ws }: Scene,
  texts: readonly string[],
): Promise<readonly number[]> {
  const took: number[] = [];
  const until = performance.now() + MOST_MS_EACH;
  for (const text of texts) {
    const startedAt = performance.now();
    const search = { text, view: "full" } as const;
    const { items } = await executions.list({ ws, sort: "newest", limit: 50, search });
    took.push(performance.now() - startedAt);
    if (items.length === 0) throw new Error(`nothing was found for "${text}"`);
    if (performance.now() > until) break;
  }
  return took;
}
