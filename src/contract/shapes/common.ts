import { z } from "zod";

import { ERROR_ID } from "#domain/error-id.ts";
import {
  type ExecutionId,
  invocationIds,
  loopIds,
  nodeIds,
  programIds,
  runIds,
  workflowIds,
} from "#domain/id.ts";
import { isZone } from "#domain/zones.ts";

/** ISO 8601 in UTC, with milliseconds. */
export const timeSchema = z.iso.datetime();

const executionIdKinds = [runIds, workflowIds, nodeIds, invocationIds, loopIds, programIds];

export const executionIdSchema: z.ZodType<ExecutionId, string> = z
  .string()
  .refine((text) => executionIdKinds.some((kind) => kind.is(text)), {
    error: "is not the id of an execution",
  })
  .transform((text) => text as ExecutionId);

/** Agent CLIs that are known by their names. */
export const NATIVE_CLIS = ["claude", "codex", "gemini", "opencode", "qwen"] as const;

/** Which of them an invocation runs; `acp` for all that speak the Agent Client Protocol. */
export const cliFamilySchema = z.enum([...NATIVE_CLIS, "acp", "command"]);

export const errorGroupIdSchema = z
  .string()
  .regex(ERROR_ID, { error: "is not the id of a group of errors" });

export const zoneSchema = z
  .string()
  .refine(isZone, { error: "is not a time zone such as Europe/Berlin" });

/** How many tokens models read and wrote. */
const tokensSchema = z.object({
  input: z.int(),
  cacheRead: z.int(),
  cacheWrite: z.int(),
  output: z.int(),
});

/** What was spent, as everything that tells of it says it. */
export const spendingFields = {
  /** In dollars, exact, such as `0.0042`: what is known of it; null: nothing is. */
  cost: z.string().nullable(),
  /** How often a cost was not known. It is not part of `cost`. */
  costUnknown: z.int(),
  tokens: tokensSchema.nullable(),
} as const;

/** A line of text that a person gives something as its name. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, "may not be empty")
  .max(200, "may have at most 200 characters")
  .regex(/^\P{Cc}*$/u, "may hold no line breaks or other control characters");

/** Who did it. `name` is as it was then, so it stays readable when they are gone. */
export const actorSchema = z.object({
  type: z.enum(["user", "key", "agent", "system"]),
  id: z.string().nullable(),
  name: z.string(),
});
export type Actor = z.output<typeof actorSchema>;

export interface List<Item> {
  readonly items: readonly Item[];
  /** Give it back as `cursor` for the next page; null: there is none. */
  readonly nextCursor: string | null;
}

/** A page of a list. */
export function listOf<Item extends z.ZodType>(
  item: Item,
): z.ZodObject<{ items: z.ZodArray<Item>; nextCursor: z.ZodNullable<z.ZodString> }> {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

const MOST_ITEMS = 200;

/** What every list takes. */
export const pageQuery = {
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number<string | number>().int().min(1).max(MOST_ITEMS).default(50),
} as const;

export const pageQuerySchema = z.strictObject(pageQuery);
