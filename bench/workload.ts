import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Figures } from "./figures.ts";

export interface BenchOptions {
  /** How many executions; each workload has its own default, which is the size that is promised for. */
  readonly executions?: number;
  readonly inFlight?: number;
  /** Where the temporary folder with the store is made: the disk that is measured. */
  readonly data?: string;
  /** Progress, a line at a time. */
  readonly say?: (line: string) => void;
}

/** A workload's own folder, and what its caller chose. */
export interface Bench {
  readonly folder: string;
  readonly say: (line: string) => void;
  readonly executions: number | undefined;
  readonly inFlight: number | undefined;
}

export type Workload = (bench: Bench) => Promise<Figures>;

/** Gives the workload a folder of its own and removes it, whatever happens. */
export async function inFolder(workload: Workload, options: BenchOptions): Promise<Figures> {
  const folder = mkdtempSync(join(options.data ?? tmpdir(), "stint-bench-"));
  try {
    return await workload({
      folder,
      say: options.say ?? ((): void => undefined),
      executions: options.executions,
      inFlight: options.inFlight,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
