/** What the processes of an invocation took, over all rounds. */
import type { Resources, Sample } from "#agent-cli/supervisor/sampling.ts";
import type { Invocation } from "#contract/shapes/invocations.ts";
import type { LiveRound } from "#drivers/invocation/live.ts";

import { showTime } from "../times.ts";
import type { Told } from "./told.ts";

export function resourcesOf(told: Told, live: LiveRound | undefined): Invocation["resources"] {
  const over = [...told.over.values()].map(({ figures }) => figures?.resources ?? null);
  const now = live === undefined || told.over.has(live.number) ? null : live.supervised;
  const all = [...over, now?.resources() ?? null].filter((one) => one !== null);
  return {
    cpuMs: sum(all.map(({ cpuMs }) => cpuMs)),
    peakMemoryBytes: largest(all.map(({ peakMemoryBytes }) => peakMemoryBytes)),
    diskReadBytes: sum(all.map(({ readBytes }) => readBytes)),
    diskWrittenBytes: sum(all.map(({ writtenBytes }) => writtenBytes)),
    folderGrowthBytes: sum(all.map(growthOf)),
  };
}

const growthOf = (resources: Resources & { readonly folderGrowthBytes?: number | null }) =>
  resources.folderGrowthBytes ?? null;

/** What nobody tells adds nothing; null: nobody tells anything. */
function sum(all: readonly (number | null)[]): number | null {
  const told = all.filter((one) => one !== null);
  return told.length === 0 ? null : Math.round(told.reduce((one, other) => one + other, 0));
}

function largest(all: readonly (number | null)[]): number | null {
  const told = all.filter((one) => one !== null);
  return told.length === 0 ? null : Math.max(...told);
}

/** Of the round that goes on. */
export function seriesOf(live: LiveRound | undefined): Invocation["series"] {
  const samples = live?.supervised?.series() ?? [];
  return samples.map((sample, index) => ({
    at: showTime(sample.at),
    memoryBytes: sample.memoryBytes,
    cpuShare: shareOf(sample, samples[index - 1]?.at ?? live?.startedAt ?? null),
    processes: sample.processes,
  }));
}

function shareOf({ cpuMs, at }: Sample, since: number | null): number {
  const ms = since === null ? 0 : at - since;
  return ms <= 0 ? 0 : Math.round((cpuMs / ms) * 1000) / 1000;
}
