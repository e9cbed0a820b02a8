import { z } from "zod";

import { timeSchema } from "./common.ts";

/** How a running Stint is. */
export const systemSchema = z.object({
  /** Executions that were open in the backup that this folder was restored from; null: none is held. */
  held: z.object({ executions: z.number(), since: timeSchema, backupAt: timeSchema }).nullable(),
  /** How far the machine's clock is ahead of Stint's time (behind it: below zero); 0: they go together. */
  clockAheadMs: z.number(),
  /** For how long the first of what is due has been waiting. */
  lateMs: z.number(),
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }),
});

export const releasedSchema = z.object({ executions: z.number(), clockAheadMs: z.number() });
