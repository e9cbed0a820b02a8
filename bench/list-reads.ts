/** Reads a first page of the list again and again while something else keeps the event loop busy, as the API would. */
import { listRows } from "#api/executions/list.ts";
import { openReading } from "#store/databases/sqlite-reading.ts";
import { kyselyOn } from "#store/databases/sqlite-store.ts";

import { quantile, round, type Figures } from "./figures.ts";

const EACH_MS = 100;

export interface ListReads {
  readonly stop: () => Promise<Pick<Figures, "listReads" | "listReadP50Ms" | "listReadP99Ms">>;
}

/** @param ws the workspace whose executions are listed: all, failed ones, those of one agent, in turns */
export function readLists(file: string, ws: number): ListReads {
  const db = kyselyOn(openReading(file));
  const queries = [{}, { states: ["failed"] }, { agent: 0, states: ["completed"] }];
  const took: number[] = [];
  let turn = 0;
  let reading: Promise<void> | undefined;
  async function read(): Promise<void> {
    const startedAt = performance.now();
    const more = queries[turn++ % queries.length];
    await listRows({ db, heavy: db }, { ws, sort: "newest", limit: 50, ...more });
    took.push(performance.now() - startedAt);
  }
  // What is late counts: a request would have waited for the event loop as well.
  let due = performance.now() + EACH_MS;
  const timer = setInterval(() => {
    const late = Math.max(0, performance.now() - due);
    due = performance.now() + EACH_MS;
    reading ??= read()
      .then(() => took.push((took.pop() ?? 0) + late))
      .then(() => (reading = undefined));
  }, EACH_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await reading;
      await db.destroy();
      return {
        listReads: took.length,
        listReadP50Ms: round(quantile(took, 0.5), 1),
        listReadP99Ms: round(quantile(took, 0.99), 1),
      };
    },
  };
}
