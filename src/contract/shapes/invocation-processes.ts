/** What the processes of an invocation do, and what they take. */
import { z } from "zod";

import { timeSchema } from "./common.ts";

const PROCESS_STATES = [
  "starting",
  "working",
  "waiting for its provider",
  "waiting for an answer",
  "ending",
  "gone",
] as const;

export const processSchema = z.object({
  state: z.enum(PROCESS_STATES),
  /** For people: "Runs a tool: Bash". */
  words: z.string(),
  pid: z.int().nullable(),
  since: timeSchema,
});

/** Of all its processes, over all rounds. Null: the platform does not tell. */
export const resourcesSchema = z.object({
  cpuMs: z.int().nullable(),
  peakMemoryBytes: z.int().nullable(),
  diskReadBytes: z.int().nullable(),
  diskWrittenBytes: z.int().nullable(),
  /** How much the working folder has grown; less than 0: shrunk. */
  folderGrowthBytes: z.int().nullable(),
});

export const sampleSchema = z.object({
  at: timeSchema,
  memoryBytes: z.int().nullable(),
  /** 1 is one core. */
  cpuShare: z.number(),
  /** Bytes a second; null: the platform does not tell. */
  diskReadRate: z.int().nullable(),
  diskWrittenRate: z.int().nullable(),
  processes: z.int(),
});

/** The round that runs. */
export const nowSchema = z.object({
  round: z.int(),
  state: z.enum(PROCESS_STATES),
  /** When its process was started; null: it has none yet. */
  startedAt: timeSchema.nullable(),
  /** What its processes take, at the last look and not over a stretch; null: nobody has looked yet. */
  look: sampleSchema.nullable(),
});
