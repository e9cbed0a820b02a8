import { monitorEventLoopDelay } from "node:perf_hooks";

import { exportExecutions } from "#api/executions/export.ts";

import { round, type Figures } from "../figures.ts";
import { mebibytes } from "../meter.ts";
import type { Scene } from "./scene.ts";

/** All of it, as CSV; memory is looked at after each page. */
export async function exports({ ledger, search, agents, ws }: Scene): Promise<Partial<Figures>> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const before = process.memoryUsage.rss();
  const startedAt = performance.now();
  let [rows, bytes, largest] = [-1, 0, before];
  delay.enable();
  const asked = { filters: { ws }, format: "csv", masked: true } as const;
  const needs = { store: ledger.store, agents, search };
  for await (const part of exportExecutions(needs, asked)) {
    rows += part.split("\n").length - 1;
    bytes += part.length;
    largest = Math.max(largest, process.memoryUsage.rss());
  }
  delay.disable();
  const seconds = (performance.now() - startedAt) / 1000;
  return {
    exportRows: rows,
    exportMiB: mebibytes(bytes),
    exportSeconds: round(seconds, 2),
    exportRowsPerSecond: round(rows / seconds),
    exportRssGrowthMiB: mebibytes(largest - before),
    exportLoopDelayP99Ms: round(delay.percentile(99) / 1e6, 1),
  };
}
