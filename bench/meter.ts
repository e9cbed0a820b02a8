/** Watches a run from beside: how fast it goes, what it costs, whether the event loop keeps up. */
import { statSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { monitorEventLoopDelay } from "node:perf_hooks";

import { ratesOf, round, type Figures } from "./figures.ts";

const WINDOW_MS = 10_000;
const MiB = 1024 * 1024;

export interface Meter {
  /** One more is done. */
  readonly count: () => void;
  readonly done: () => number;
  /** Ends the measuring. */
  readonly stop: () => Figures;
}

export interface MeterOptions {
  readonly workload: string;
  readonly total: number;
  readonly say: (line: string) => void;
  /** The ledger's file, whose size is told. */
  readonly file?: string;
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

export function startMeter({ workload, total, say, file }: MeterOptions): Meter {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  const own = process.threadCpuUsage();
  const readings = [{ atMs: 0, count: 0 }];
  let done = 0;
  let largestWal = 0;
  let largestRss = 0;
  delay.enable();

  function look(): void {
    if (file !== undefined) largestWal = Math.max(largestWal, sizeOf(`${file}-wal`));
    largestRss = Math.max(largestRss, process.memoryUsage.rss());
  }

  function read(): void {
    look();
    readings.push({ atMs: performance.now() - startedAt, count: done });
    say(`${workload}: ${done} of ${total}, ${ratesOf(readings).at(-1) ?? 0}/s`);
  }

  const looking = setInterval(look, 500).unref();
  const reading = setInterval(read, WINDOW_MS).unref();

  return {
    count: () => {
      done += 1;
    },
    done: () => done,
    stop: () => {
      clearInterval(looking);
      clearInterval(reading);
      delay.disable();
      look();
      const ms = performance.now() - startedAt;
      const { user, system } = process.cpuUsage(cpu);
      const ownUsed = process.threadCpuUsage(own);
      const perOne = (us: number): number => round(us / Math.max(done, 1), 1);
      if (ms - (readings.at(-1)?.atMs ?? 0) > WINDOW_MS / 5) {
        readings.push({ atMs: ms, count: done });
      }
      return {
        workload,
        perSecond: round((done * 1000) / ms),
        executions: done,
        seconds: round(ms / 1000, 1),
        ratesPer10s: ratesOf(readings),
        loopDelayP50Ms: round(delay.percentile(50) / 1e6, 1),
        loopDelayP99Ms: round(delay.percentile(99) / 1e6, 1),
        loopDelayMaxMs: round(delay.max / 1e6, 1),
        cpuUsEach: perOne(user + system),
        cpuUsEachMain: perOne(ownUsed.user + ownUsed.system),
        rssMiB: mebibytes(largestRss),
        ...(file !== undefined && {
          storeMiB: mebibytes(sizeOf(file)),
          largestWalMiB: mebibytes(largestWal),
        }),
        ...machine(),
      };
    },
  };
}
