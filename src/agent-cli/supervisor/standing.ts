/** What an execution may take, and whether it has taken more. */
import { statSync } from "node:fs";
import { join } from "node:path";

import { FILES } from "./launch.ts";
import type { Reason } from "./told.ts";

export interface Bounds {
  /** In all. */
  readonly totalMs?: number;
  /** Without a word. */
  readonly idleMs?: number;
  /** Of all its processes together. */
  readonly memoryBytes?: number;
  /** Of what it says on both streams. */
  readonly outputBytes?: number;
}

/** When it last said something, and how much it has said. */
export function saidIn(folder: string): Pick<Standing, "saidAt" | "outputBytes"> {
  const files = [FILES.output, FILES.errors].flatMap((name) => {
    const file = statSync(join(folder, name), { throwIfNoEntry: false });
    return file === undefined ? [] : [file];
  });
  return {
    saidAt: Math.max(0, ...files.map(({ mtimeMs }) => mtimeMs)),
    outputBytes: files.reduce((sum, { size }) => sum + size, 0),
  };
}

const TRACES = [FILES.output, FILES.errors, FILES.resources];

/** When something of it was last heard or seen, within those times. */
export function lastOf(folder: string, { from, to }: { from: number; to: number }): number {
  const times = TRACES.flatMap((name) => {
    const file = statSync(join(folder, name), { throwIfNoEntry: false });
    return file === undefined ? [] : [Math.round(file.mtimeMs)];
  });
  return Math.min(to, Math.max(from, ...times));
}

interface Standing {
  readonly startedAt: number;
  /** Or when it was last answered. */
  readonly saidAt: number;
  readonly outputBytes: number;
  readonly now: number;
  readonly memoryBytes: number | null;
}

export function beyond(
  { totalMs = Infinity, idleMs = Infinity, ...most }: Bounds,
  { startedAt, saidAt, now, memoryBytes, outputBytes }: Standing,
): Reason | undefined {
  if (now - startedAt >= totalMs) return "total_time";
  if ((memoryBytes ?? 0) > (most.memoryBytes ?? Infinity)) return "memory";
  if (outputBytes > (most.outputBytes ?? Infinity)) return "output";
  return now - Math.max(startedAt, saidAt) >= idleMs ? "idle" : undefined;
}
