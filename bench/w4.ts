/** W4: a long history as people look at it: lists, dashboards, exports. Each part measures one of them. */
import { join } from "node:path";

import { openExecutions } from "#api/executions/executions.ts";
import { systemClock } from "#domain/clock.ts";
import { parseOffline } from "#instructions/parsers/offline.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { openSearch } from "#search/search-thread.ts";
import { openWorkspaces } from "#workspace/workspace.ts";

import type { Figures } from "./figures.ts";
import { makeHistory } from "./history.ts";
import { machine, mebibytes, sizeOf } from "./meter.ts";
import { dashboards } from "./w4/dashboards.ts";
import { exports } from "./w4/exports.ts";
import { firstPages } from "./w4/first-pages.ts";
import type { Part, Scene } from "./w4/scene.ts";
import { searches } from "./w4/searches.ts";
import type { Bench } from "./workload.ts";

const EXECUTIONS = 1_000_000;
const PARTS: readonly Part[] = [firstPages, dashboards, exports, searches];

export async function lookAtHistory(bench: Bench): Promise<Figures> {
  const { folder, say, executions = EXECUTIONS } = bench;
  const file = join(folder, "stint.db");
  const now = Date.now();
  await makeHistory(file, executions, now, say);
  const scene = await openScene(folder, executions, now);
  await takeAllIn(scene);
  const measured: Partial<Figures>[] = [];
  try {
    for (const part of PARTS) {
      measured.push(await part(scene));
      say(`W4: ${JSON.stringify(measured.at(-1))}`);
    }
  } finally {
    await scene.search.close();
    await scene.ledger.close();
  }
  const figures = Object.assign({}, ...measured) as Partial<Figures>;
  const storeMiB = mebibytes(sizeOf(file));
  return { workload: "W4", executions, ...figures, storeMiB, ...machine() };
}

/**
 * The search comes to the end of the ledger, so that nothing else runs while the parts are measured. Asking
 * has its thread take in a chunk at once, so it is asked until nothing is left.
 */
async function takeAllIn({ search, ws }: Scene): Promise<void> {
  const query = { ws, view: "full", order: "desc", from: null, limit: 1, text: "hello" } as const;
  while ((await search.find(query)).behindSince !== null);
}

async function openScene(folder: string, count: number, now: number): Promise<Scene> {
  const ledger = await openSqliteLedger(join(folder, "stint.db"));
  const search = openSearch({
    ledger,
    folder,
    warn: (message) => process.stderr.write(`${message}\n`),
  });
  const parse = async (text: string) => parseOffline(text);
  const workspace = openWorkspaces({ store: ledger.store, clock: systemClock, parse });
  const keyNames = async (): Promise<ReadonlyMap<string, string>> => new Map();
  const inLine = async () => ({ for: "turn" }) as const;
  const versionOf = (): string => "1";
  const executions = openExecutions({ ...workspace, ledger, keyNames, search, inLine, versionOf });
  return { ledger, search, executions, agents: workspace.agents, ws: 1, count, now };
}
