/** Failures that are alike, whatever their numbers and names. */
import { z } from "zod";

import { KIND_NAMES } from "#domain/kinds.ts";

import { executionIdSchema, timeSchema } from "./common.ts";
import { DATE_RANGES } from "./executions.ts";

const kindSchema = z.enum(KIND_NAMES as ["automation", ...typeof KIND_NAMES]);

const errorGroupSchema = z.object({
  kind: kindSchema,
  code: z.string(),
  /** What they say, with `#` for what differs: numbers, ids, addresses. */
  message: z.string(),
  suggestion: z.string().nullable(),
  count: z.int(),
  firstSeen: timeSchema,
  lastSeen: timeSchema,
  /** The latest of them. */
  executionId: executionIdSchema,
});

export const errorGroupsQuerySchema = z.strictObject({
  dateRange: z.enum(DATE_RANGES).default("30d"),
  kind: kindSchema.optional(),
});
export const errorGroupsSchema = z.object({
  /** Most frequent first. */
  items: z.array(errorGroupSchema),
  /** Nothing that ended before was looked at, since so much has failed since then. */
  lookedBackTo: timeSchema.nullable(),
});
