/** What an execution's processes take, together: summed at each look, and kept as a series that stays short. */
import type { Process, Processes } from "./processes.ts";

export interface Sample {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly processes: number;
  /** In the time since the sample before, so that 1,000 in a second is one core. */
  readonly cpuMs: number;
  readonly memoryBytes: number | null;
}

/** In all, up to now. Null: the platform does not tell. */
export interface Resources {
  readonly cpuMs: number;
  readonly peakMemoryBytes: number | null;
  readonly readBytes: number | null;
  readonly writtenBytes: number | null;
}

/** Then two samples become one, and each stands for twice the time. */
const MOST_SAMPLES = 240;

interface Counts {
  readonly cpuMs: number;
  readonly readBytes: number | null;
  readonly writtenBytes: number | null;
}
const NOTHING: Counts = { cpuMs: 0, readBytes: null, writtenBytes: null };

interface Counted extends Counts {
  readonly parent: number;
}

export class Sampler {
  readonly #processes: Processes;
  readonly #mostSamples: number;
  /** Of those that have ended without handing what they took on to a parent of ours. */
  #lost = NOTHING;
  #latest: ReadonlyMap<string, Counted> = new Map();
  #total = NOTHING;
  #peak: number | null = null;
  #series: readonly Sample[] = [];

  constructor(processes: Processes, mostSamples = MOST_SAMPLES) {
    this.#processes = processes;
    this.#mostSamples = mostSamples;
  }

  take(members: readonly Process[], at: number): Sample {
    const before = this.#total.cpuMs;
    const memoryBytes = this.#count(members);
    this.#peak = larger(this.#peak, memoryBytes);
    const cpuMs = this.#total.cpuMs - before;
    const sample = { at, processes: members.length, cpuMs, memoryBytes };
    const series = [...this.#series, sample];
    this.#series = series.length > this.#mostSamples ? halve(series) : series;
    return sample;
  }

  resources(): Resources {
    return { ...this.#total, peakMemoryBytes: this.#peak };
  }

  series(): readonly Sample[] {
    return this.#series;
  }

  /** Answers with the memory that they hold now. */
  #count(members: readonly Process[]): number | null {
    const pids = new Set(members.map(({ pid }) => pid));
    const now = new Map<string, Counted>();
    let memory: number | null = null;
    for (const { pid, started, parent, cpuMs } of members) {
      const { memoryBytes, readBytes, writtenBytes } = this.#processes.holdingOf(pid);
      memory = plus(memory, memoryBytes);
      now.set(`${pid}/${started}`, { parent, cpuMs, readBytes, writtenBytes });
    }
    for (const [key, one] of this.#latest)
      if (!now.has(key) && !pids.has(one.parent)) this.#lost = sum(this.#lost, one);
    this.#latest = now;
    this.#total = highest(this.#total, [...now.values()].reduce<Counts>(sum, this.#lost));
    return memory;
  }
}

/** What is not told adds nothing; null: nothing was told at all. */
function plus(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return one + other;
}

function sum(one: Counts, other: Counts): Counts {
  return {
    cpuMs: one.cpuMs + other.cpuMs,
    readBytes: plus(one.readBytes, other.readBytes),
    writtenBytes: plus(one.writtenBytes, other.writtenBytes),
  };
}

function larger(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

/** Between two looks a process may end and be counted by nobody for a moment: totals never go back. */
function highest(before: Counts, now: Counts): Counts {
  return {
    cpuMs: Math.max(before.cpuMs, now.cpuMs),
    readBytes: larger(before.readBytes, now.readBytes),
    writtenBytes: larger(before.writtenBytes, now.writtenBytes),
  };
}

/** Pairs become one: times and CPU add up, memory and processes are the larger. */
function halve(series: readonly Sample[]): Sample[] {
  const pairs = Array.from({ length: Math.ceil(series.length / 2) }, (_, index) =>
    series.slice(2 * index, 2 * index + 2),
  );
  return pairs.map((pair) => ({
    at: Math.max(...pair.map(({ at }) => at)),
    processes: Math.max(...pair.map((one) => one.processes)),
    cpuMs: pair.reduce((all, { cpuMs }) => all + cpuMs, 0),
    memoryBytes: pair.map(({ memoryBytes }) => memoryBytes).reduce(larger),
  }));
}
