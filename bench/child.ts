/** A process of the pinned Node that a workload starts, listens to, and ends by its id. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

export interface Child {
  readonly pid: number;
  /** Settles with the first line on its output that fits. @throws when it ends before */
  readonly line: (fits: RegExp) => Promise<string>;
  /** Ends it at once, without a chance to tidy up. */
  readonly kill: () => Promise<void>;
  /** Asks it to end, as whoever closes a server does. */
  readonly stop: () => Promise<void>;
  /** However it ended. */
  readonly ended: Promise<void>;
  /** Waits for its end. @throws where it failed: what was measured beside it counts for nothing */
  readonly done: () => Promise<void>;
}

export function startChild(file: string, args: readonly string[]): Child {
  const child = spawn(process.execPath, [file, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const said: string[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const look of waiting) look();
  };
  createInterface({ input: child.stdout }).on("line", (line) => {
    said.push(line);
    wake();
  });
  const ended = once(child, "exit").then(wake);
  return {
    pid: pidOf(child, file),
    line: (fits) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = said.find((line) => fits.test(line));
          const isOver = child.exitCode !== null || child.signalCode !== null;
          if (found === undefined && !isOver) return;
          waiting.delete(look);
          if (found === undefined) reject(new Error(`${file} ended before it said ${fits.source}`));
          else resolve(found);
        };
        waiting.add(look);
        look();
      }),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
    ended,
    done: () => ended.then(() => demandSuccess(child, file)),
  };
}

function demandSuccess({ exitCode, signalCode }: ChildProcess, file: string): void {
  if (exitCode !== 0) throw new Error(`${file} ended with ${exitCode ?? signalCode}`);
}

function pidOf({ pid }: ChildProcess, file: string): number {
  if (pid === undefined) throw new Error(`${file} could not be started`);
  return pid;
}

/** What a process holds in memory, in bytes, as Linux counts it. */
export function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) * 1024;
}

/** Linux counts CPU time in hundredths of a second. */
const TICK_MS = 10;

/** What a process has used of the CPU, its threads together. */
export function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const [user = NaN, system = NaN] = stat
    .slice(stat.lastIndexOf(")")) // the name before may hold anything
    .split(" ")
    .slice(12, 14)
    .map(Number);
  return (user + system) * TICK_MS;
}
