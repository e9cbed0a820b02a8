import { existsSync } from "node:fs";
import { join } from "node:path";

import { Fault } from "#domain/fault.ts";

import type { Terminal } from "./terminal.ts";

const BENCH = join(import.meta.dirname, "..", "..", "bench", "main.ts");

/** The workloads are no part of what is installed, so they may not be there. */
export async function bench(terminal: Terminal, args: readonly string[]): Promise<number> {
  if (!existsSync(BENCH)) {
    const suggestion = "Clone the repository; the benchmarks are in its folder bench/";
    throw new Fault("not_found", "The benchmarks are not installed here", { suggestion });
  }
  const { main } = await import("#bench/main.ts");
  return main(args, terminal);
}
