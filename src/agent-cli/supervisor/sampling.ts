/** What an execution's processes take, together: summed at each look, and kept as a series that stays short. */
import { keyOf, type Process, type Processes } from "./processes.ts";

/** What was taken in the time since the sample before, so that 1,000 ms of CPU in a second are one core. */
export interface Sample extends Counts {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly processes: number;
  readonly memoryBytes: number | null;
}

/** In all, up to now. Null: the platform does not tell. */
export interface Resources {
  readonly cpuMs: number;
  readonly peakMemoryBytes: number | null;
  readonly readBytes: number | null;
  readonly writtenBytes: number | null;
  /** Of the working folder since the beginning; what was deleted counts against it. */
  readonly folderGrowthBytes: number | null;
}

/** Then two samples become one, and each stands for twice the time. */
const MOST_SAMPLES = 240;

/** Null: the platform does not tell. */
export interface Counts {
  readonly cpuMs: number;
  readonly readBytes: number | null;
  readonly writtenBytes: number | null;
}
const NOTHING: Counts = { cpuMs: 0, readBytes: null, writtenBytes: null };

interface Counted extends Counts {
  readonly parent: number;
}

/** All that it knows, as plain JSON: whoever goes on with it in another life goes on counting. */
export interface Sampled {
  /** Of those that have ended without handing what they took on to a parent of ours. */
  readonly lost: Counts;
  /** At the last look, by pid and start. */
  readonly latest: readonly (readonly [string, Counted])[];
  readonly total: Counts;
  readonly peak: number | null;
  readonly series: readonly Sample[];
  /** How many looks a sample of the series stands for, and how many the last one does so far. */
  readonly looks: number;
  readonly looksOfLast: number;
}

const NOTHING_YET: Sampled = {
  lost: NOTHING,
  latest: [],
  total: NOTHING,
  peak: null,
  series: [],
  looks: 1,
  looksOfLast: 1,
};

export class Sampler {
  readonly #processes: Processes;
  readonly #mostSamples: number;
  #sampled: Sampled;

  constructor(processes: Processes, mostSamples = MOST_SAMPLES, sampled = NOTHING_YET) {
    this.#processes = processes;
    this.#mostSamples = mostSamples;
    this.#sampled = sampled;
  }

  take(members: readonly Process[], at: number): Sample {
    const before = this.#sampled.total;
    const memoryBytes = this.#count(members);
    const taken = difference(before, this.#sampled.total);
    const sample = { at, processes: members.length, ...taken, memoryBytes };
    const peak = larger(this.#sampled.peak, memoryBytes);
    this.#sampled = atMost(this.#mostSamples, withSample({ ...this.#sampled, peak }, sample));
    return sample;
  }

  /** It is known from elsewhere that it took so much. */
  atLeast(known: Counts): void {
    const { total: before, series } = this.#sampled;
    const total = highest(before, known);
    const last = series.at(-1);
    if (last === undefined) return;
    const added = { ...last, ...sum(last, difference(before, total)) };
    this.#sampled = { ...this.#sampled, total, series: [...series.slice(0, -1), added] };
  }

  resources(): Omit<Resources, "folderGrowthBytes"> {
    return { ...this.#sampled.total, peakMemoryBytes: this.#sampled.peak };
  }

  series(): readonly Sample[] {
    return this.#sampled.series;
  }

  sampled(): Sampled {
    return this.#sampled;
  }

  /** Answers with the memory that they hold now. */
  #count(members: readonly Process[]): number | null {
    const pids = new Set(members.map(({ pid }) => pid));
    const now = new Map<string, Counted>();
    let memory: number | null = null;
    for (const one of members) {
      const { pid, parent, cpuMs } = one;
      const { memoryBytes, readBytes, writtenBytes } = this.#processes.holdingOf(pid);
      memory = plus(memory, memoryBytes);
      now.set(keyOf(one), { parent, cpuMs, readBytes, writtenBytes });
    }
    const { latest, total } = this.#sampled;
    const gone = latest.filter(([key, one]) => !now.has(key) && !pids.has(one.parent));
    const lost = gone.reduce((all, [, one]) => sum(all, one), this.#sampled.lost);
    const all = highest(total, [...now.values()].reduce<Counts>(sum, lost));
    this.#sampled = { ...this.#sampled, lost, latest: [...now], total: all };
    return memory;
  }
}

/** It becomes a part of the last sample until that stands for as many looks as the others. */
function withSample(sampled: Sampled, sample: Sample): Sampled {
  const { series, looks, looksOfLast } = sampled;
  const last = series.at(-1);
  if (last === undefined || looksOfLast >= looks)
    return { ...sampled, series: [...series, sample], looksOfLast: 1 };
  const together = [...series.slice(0, -1), merge([last, sample])];
  return { ...sampled, series: together, looksOfLast: looksOfLast + 1 };
}

/** Pairs become one, so that each stands for twice the time. */
function atMost(most: number, sampled: Sampled): Sampled {
  const { series, looks, looksOfLast } = sampled;
  if (series.length <= most) return sampled;
  const pairs = Array.from({ length: Math.ceil(series.length / 2) }, (_, index) =>
    series.slice(2 * index, 2 * index + 2),
  );
  const isOdd = series.length % 2 === 1;
  return {
    ...sampled,
    series: pairs.map(merge),
    looks: 2 * looks,
    looksOfLast: isOdd ? looksOfLast : looks + looksOfLast,
  };
}

/** What was taken adds up, memory and processes are the larger. */
function merge(samples: readonly Sample[]): Sample {
  return {
    ...samples.reduce<Counts>(sum, NOTHING),
    at: Math.max(...samples.map(({ at }) => at)),
    processes: Math.max(...samples.map((one) => one.processes)),
    memoryBytes: samples.map(({ memoryBytes }) => memoryBytes).reduce(larger),
  };
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

/** What was not told before has been nothing. */
function difference(before: Counts, now: Counts): Counts {
  const more = (one: number | null, other: number | null): number | null =>
    other === null ? null : other - (one ?? 0);
  return {
    cpuMs: now.cpuMs - before.cpuMs,
    readBytes: more(before.readBytes, now.readBytes),
    writtenBytes: more(before.writtenBytes, now.writtenBytes),
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
