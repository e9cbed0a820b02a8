/** Why an execution was told to end. It is on record before it is told, so that another life can say why. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { FILES } from "./launch.ts";

const REASONS = [
  "canceled",
  "total_time",
  "idle",
  "stalled",
  "memory",
  "output",
  "cost",
  "no_end",
] as const;

export type Reason = (typeof REASONS)[number];

const reason = z.enum(REASONS);

/** Where it cannot be written it is told all the same: only a next life would not know why. */
export function writeTold(folder: string, why: Reason): void {
  try {
    writeFileSync(join(folder, FILES.told), why);
  } catch {
    // As above.
  }
}

/** Undefined: it was told nothing. */
export function readTold(folder: string): Reason | undefined {
  try {
    return reason.parse(readFileSync(join(folder, FILES.told), "utf8"));
  } catch {
    return undefined;
  }
}
