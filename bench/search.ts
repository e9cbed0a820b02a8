/** Full-text search: how fast the index follows a ledger, and how long searches take in it. */
import { statSync } from "node:fs";
import { join } from "node:path";

import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { type Index, openIndex } from "#search/open-index.ts";
import { SEARCH_FILE } from "#search/search.ts";

import { type Figures, quantile, round } from "./figures.ts";
import { keepInFlight } from "./in-flight.ts";
import { machine, mebibytes } from "./meter.ts";
import { appendExecution } from "./storage.ts";
import { inFolder } from "./workload.ts";

export interface SearchBench {
  /** With the ledger's file in it; the index is made beside it. */
  readonly folder: string;
  readonly ledgerId: string;
  /** What to search for, by the name that its figures get. */
  readonly searches: Readonly<Record<string, readonly string[]>>;
  readonly say: (line: string) => void;
}

const PAGE = 50;
const MOST_MS_EACH = 2000;

/** Indexes all of the ledger on this thread, then searches; each time is that of the first page. */
export function measureSearch({ folder, ledgerId, searches, say }: SearchBench): Figures {
  const path = join(folder, SEARCH_FILE);
  const ledgerPath = join(folder, "stint.db");
  const index = openIndex({ path, ledgerPath, ledgerId }, say);
  const figures = { ...follow(index, say), searchMiB: mebibytes(statSync(path).size) };
  const times = Object.entries(searches).flatMap(([name, texts]) => timesOf(index, name, texts));
  index.close();
  return { workload: "search", ...figures, ...Object.fromEntries(times), ...machine() };
}

function follow(index: Index, say: (line: string) => void): Omit<Figures, "workload"> {
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  let chunks = 0;
  while (index.takeChunk()) {
    chunks += 1;
    if (chunks % 200 === 0) say(`search: ${chunks * 1000} appends indexed`);
  }
  const { user, system } = process.cpuUsage(cpu);
  const appends = chunks * 1000;
  return {
    appendsPerSecond: round((appends * 1000) / (performance.now() - startedAt)),
    appendsPerSecondOfCpu: round((appends * 1e6) / (user + system)),
  };
}

function timesOf(
  index: Index,
  name: string,
  texts: readonly string[],
): readonly (readonly [string, number])[] {
  const query = { ws: 1, view: "full", order: "desc", from: null, limit: PAGE } as const;
  const times: number[] = [];
  const until = performance.now() + MOST_MS_EACH;
  for (const text of texts) {
    const at = performance.now();
    const { nos } = index.find({ ...query, text });
    times.push(performance.now() - at);
    if (nos.length === 0) throw new Error(`nothing was found for the search "${name}"`);
    if (performance.now() > until) break;
  }
  return [
    [`${name}P50Ms`, round(quantile(times, 0.5), 2)],
    [`${name}P99Ms`, round(quantile(times, 0.99), 2)],
  ];
}

const SAMPLES = 200;
const addressOf = (index: number): string => `user${index}@company${index % 5000}.example`;

/** A ledger of so many executions, each with an address of its own in its input. */
async function measure(executions: number, say: (line: string) => void): Promise<Figures> {
  return await inFolder(
    async ({ folder }) => {
      const ledger = await openSqliteLedger(join(folder, "stint.db"), { sync: "off" });
      const ids: string[] = [];
      await keepInFlight(executions, 1000, async (index) => {
        ids.push(await appendExecution(ledger, index, { to: addressOf(index), subject: "Hello" }));
      });
      const { id: ledgerId } = ledger;
      await ledger.close();
      const picked = Array.from({ length: SAMPLES }, (_, n) =>
        Math.floor((n * executions) / SAMPLES),
      );
      const searches = {
        email: picked.map(addressOf),
        id: picked.map((index) => ids[index] ?? ""),
        rarePrefix: picked.map((index) => addressOf(index).slice(0, -12)),
        frequentWord: picked.map(() => "hello"),
        beginningOfAll: picked.map(() => "user"),
        twoFrequent: picked.map(() => "hello completed"),
        rareAndFrequent: picked.map((index) => `${addressOf(index)} hello`),
      };
      return measureSearch({ folder, ledgerId, searches, say });
    },
    { say },
  );
}

if (import.meta.main) {
  const figures = await measure(Number(process.argv[2] ?? 200_000), console.error);
  console.log(JSON.stringify(figures));
}
