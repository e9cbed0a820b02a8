/** What ran without Stint, taken into the history round by round. */
import { z } from "zod";

import { executionIdSchema, nameSchema, timeSchema } from "./common.ts";
import { cliSchema, folderSchema, roundSchema, sessionSchema } from "./invocations.ts";

const MOST_OUTPUT = 400_000;

/** A round that is over, as its session or record has it. */
const importedRoundSchema = z.strictObject({
  ...roundSchema.pick({
    outcome: true,
    reason: true,
    message: true,
    session: true,
    model: true,
    turns: true,
    costUnknown: true,
    notional: true,
    costSource: true,
    tools: true,
    toolErrors: true,
    retries: true,
    denials: true,
    warnings: true,
  }).shape,
  outcome: z.enum(["succeeded", "failed", "interrupted", "canceled"]),
  prompt: z.string().max(200_000),
  startedAt: timeSchema,
  completedAt: timeSchema,
  /** The final answer. */
  text: z.string().max(262_144),
  tokens: z
    .strictObject({
      input: z.int().min(0).nullable(),
      cacheRead: z.int().min(0).nullable(),
      cacheWrite: z.int().min(0).nullable(),
      output: z.int().min(0).nullable(),
      reasoning: z.int().min(0).nullable(),
    })
    .nullable(),
  /** Dollars, exact, such as `0.0042`. */
  cost: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,9})?$/, "is an amount of dollars such as 0.0042")
    .nullable(),
  /** What it wrote, in the form of its Agent CLI: JSON, one a line. */
  output: z.string().max(MOST_OUTPUT).default(""),
});
export type ImportedRound = z.output<typeof importedRoundSchema>;

const IMPORT_SOURCES = ["claude", "records"] as const;

export const importSchema = z.strictObject({
  source: z.enum(IMPORT_SOURCES),
  /** Names it there: each comes into a workspace once. */
  key: z.string().min(1).max(1000),
  cli: cliSchema,
  folder: folderSchema,
  /** With `command`: its words. */
  command: z.array(z.string().max(131_072)).min(1).max(1000).optional(),
  /** Where a message goes on with it. */
  session: sessionSchema.optional(),
  label: nameSchema.optional(),
  /** The first. */
  round: importedRoundSchema,
});
export type Import = z.output<typeof importSchema>;

export const nextImportSchema = z.strictObject({
  /** 2, 3 … */
  number: z.int().min(2),
  round: importedRoundSchema,
});
export type NextImport = z.output<typeof nextImportSchema>;

export const importedSchema = z.object({
  /** Null: it came in before, and is not kept any more. */
  executionId: executionIdSchema.nullable(),
  /** How many rounds it has now. */
  rounds: z.int(),
  /** Whether this one was added. */
  added: z.boolean(),
  /** It takes no further rounds: Stint has begun that session itself, or has let go of it. */
  isClosed: z.boolean(),
});
export type Imported = z.output<typeof importedSchema>;
