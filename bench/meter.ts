/** Watches a run from beside: how fast it goes, what it costs, whether the event loop keeps up. */
import { statSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { monitorEventLoopDelay } from "node:perf_hooks";

import { ratesOf, round, type Figures } from "./figures.ts";

const WINDOW_MS = 10_000;
const LOOK_MS = 500;
const MiB = 1024 * 1024;

export interface MeterOptions {
  readonly workload: string;
  readonly total: number;
  readonly say: (line: string) => void;
  /** The ledger's file, whose size is told. */
  readonly file: string;
}

export function machine(): Pick<Figures, "cores" | "cpu" | "node"> {
  return {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    node: process.version,
  };
}

export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

export const mebibytes = (bytes: number): number => round(bytes / MiB, 1);

/** Measures from when it is made until it is stopped. */
export class Meter {
  readonly #options: MeterOptions;
  readonly #startedAt = performance.now();
  readonly #cpu = process.cpuUsage();
  readonly #ownCpu = process.threadCpuUsage();
  readonly #delay = monitorEventLoopDelay({ resolution: 1 });
  readonly #readings = [{ atMs: 0, count: 0 }];
  readonly #timers: readonly NodeJS.Timeout[];
  #done = 0;
  #largestWal = 0;
  #largestRss = 0;

  constructor(options: MeterOptions) {
    this.#options = options;
    this.#delay.enable();
    this.#timers = [
      setInterval(() => this.#look(), LOOK_MS).unref(),
      setInterval(() => this.#report(), WINDOW_MS).unref(),
    ];
  }

  /** One more is done. */
  count(): void {
    this.#done += 1;
  }

  get done(): number {
    return this.#done;
  }

  stop(): Figures {
    for (const timer of this.#timers) clearInterval(timer);
    this.#delay.disable();
    this.#look();
    const ms = performance.now() - this.#startedAt;
    const rest = ms - (this.#readings.at(-1)?.atMs ?? 0);
    if (rest > WINDOW_MS / 5) this.#readings.push({ atMs: ms, count: this.#done });
    return {
      workload: this.#options.workload,
      perSecond: round((this.#done * 1000) / ms),
      executions: this.#done,
      seconds: round(ms / 1000, 1),
      ratesPer10s: ratesOf(this.#readings),
      ...this.#loopDelay(),
      ...this.#cpuFigures(ms),
      rssMiB: mebibytes(this.#largestRss),
      storeMiB: mebibytes(sizeOf(this.#options.file)),
      largestWalMiB: mebibytes(this.#largestWal),
      ...machine(),
    };
  }

  #loopDelay(): Pick<Figures, "loopDelayP50Ms" | "loopDelayP99Ms" | "loopDelayMaxMs"> {
    return {
      loopDelayP50Ms: round(this.#delay.percentile(50) / 1e6, 1),
      loopDelayP99Ms: round(this.#delay.percentile(99) / 1e6, 1),
      loopDelayMaxMs: round(this.#delay.max / 1e6, 1),
    };
  }

  /** All threads of this process together, and the main thread by itself. */
  #cpuFigures(ms: number): Pick<Figures, "coresUsed" | "cpuUsEach" | "cpuUsEachMain"> {
    const all = process.cpuUsage(this.#cpu);
    const own = process.threadCpuUsage(this.#ownCpu);
    const each = (us: number): number => round(us / Math.max(this.#done, 1), 1);
    return {
      coresUsed: round((all.user + all.system) / 1000 / ms, 2),
      cpuUsEach: each(all.user + all.system),
      cpuUsEachMain: each(own.user + own.system),
    };
  }

  #look(): void {
    this.#largestWal = Math.max(this.#largestWal, sizeOf(`${this.#options.file}-wal`));
    this.#largestRss = Math.max(this.#largestRss, process.memoryUsage.rss());
  }

  #report(): void {
    const { say, workload, total } = this.#options;
    this.#look();
    this.#readings.push({ atMs: performance.now() - this.#startedAt, count: this.#done });
    say(`${workload}: ${this.#done} of ${total}, ${ratesOf(this.#readings).at(-1) ?? 0}/s`);
  }
}
