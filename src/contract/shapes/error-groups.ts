/** Failures that are alike, whatever their numbers and names, and what people said of them. */
import { z } from "zod";

import { KIND_NAMES } from "#domain/kinds.ts";

import { actorSchema, errorGroupIdSchema, executionIdSchema, timeSchema } from "./common.ts";
import { DATE_RANGES, namedAgentSchema } from "./executions.ts";

const kindSchema = z.enum(KIND_NAMES as ["automation", ...typeof KIND_NAMES]);

export const ERROR_STATES = ["open", "resolved", "muted"] as const;
export type ErrorState = (typeof ERROR_STATES)[number];

const standing = {
  id: errorGroupIdSchema,
  state: z.enum(ERROR_STATES),
  /** It was resolved and has been seen since, so it is open again. */
  seenAgain: z.boolean(),
  /** What was said of it last, and by whom; null: nothing, or it was taken back. */
  mark: z
    .object({ state: z.enum(["resolved", "muted"]), by: actorSchema, at: timeSchema })
    .nullable(),
} as const;
export const errorStandingSchema = z.object(standing);

const errorGroupSchema = z.object({
  ...standing,
  kind: kindSchema,
  code: z.string(),
  /** What they say, with `#` for what differs: numbers, ids, addresses. */
  message: z.string(),
  suggestion: z.string().nullable(),
  count: z.int(),
  /** How many in each of so many equal parts of the time that was asked for, the last ending now: hours of 24h, else days. */
  counts: z.array(z.int()),
  firstSeen: timeSchema,
  lastSeen: timeSchema,
  /** The latest of them. */
  executionId: executionIdSchema,
  /** Whose executions they were, the most frequent first; none where they are of no agent. */
  agents: z.array(namedAgentSchema),
});
export type ErrorGroup = z.output<typeof errorGroupSchema>;

export const errorGroupsQuerySchema = z.strictObject({
  dateRange: z.enum(DATE_RANGES).default("30d"),
  kind: kindSchema.optional(),
  state: z.enum([...ERROR_STATES, "all"]).default("all"),
});
export const errorGroupsSchema = z.object({
  /** Most frequent first. */
  items: z.array(errorGroupSchema),
  /** How many groups there are of each state, whichever was asked for. */
  totals: z.object({ open: z.int(), resolved: z.int(), muted: z.int() }),
  /** No execution that was created before was looked at, since so much has failed since then. */
  lookedBackTo: timeSchema.nullable(),
});
