/** What the processes of an invocation took, over all rounds. */
import type { Sample } from "#agent-cli/supervisor/sampling.ts";
import { readSeries } from "#agent-cli/supervisor/takings.ts";
import type { Invocation, InvocationItem } from "#contract/shapes/invocations.ts";
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
    folderGrowthBytes: sum(all.map(({ folderGrowthBytes }) => folderGrowthBytes)),
  };
}

/** What nobody tells adds nothing; null: nobody tells anything. */
function sum(all: readonly (number | null)[]): number | null {
  const told = all.filter((one) => one !== null);
  return told.length === 0 ? null : Math.round(told.reduce((one, other) => one + other, 0));
}

function largest(all: readonly (number | null)[]): number | null {
  const told = all.filter((one) => one !== null);
  return told.length === 0 ? null : Math.max(...told);
}

/** Of the round that goes on, or of the last one. @param folder of the last one's files */
export function seriesOf(
  told: Told,
  live: LiveRound | undefined,
  folder: string,
): Invocation["series"] {
  const samples = live?.supervised?.series() ?? readSeries(folder);
  const startedAt = live?.startedAt ?? told.over.get(told.rounds)?.figures?.startedAt ?? null;
  return samples.map((sample, index) => {
    const since = samples[index - 1]?.at ?? startedAt ?? sample.at;
    return showSample(sample, Math.max(0, sample.at - since));
  });
}

/** Of the round that goes on, at the last look. */
export function latestOf(live: LiveRound): NonNullable<InvocationItem["now"]>["look"] {
  const look = live.supervised?.latest() ?? null;
  return look === null ? null : showSample(look, Math.max(0, look.at - look.since));
}

function showSample(sample: Sample, ms: number): Invocation["series"][number] {
  const { at, memoryBytes, processes, cpuMs, readBytes, writtenBytes } = sample;
  const rate = (bytes: number | null): number | null =>
    bytes === null ? null : Math.round(by(bytes, ms) * 1000);
  return {
    at: showTime(at),
    memoryBytes,
    cpuShare: Math.round(by(cpuMs, ms) * 1000) / 1000,
    diskReadRate: rate(readBytes),
    diskWrittenRate: rate(writtenBytes),
    processes,
  };
}

const by = (count: number, ms: number): number => (ms === 0 ? 0 : count / ms);
