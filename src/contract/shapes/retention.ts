import { z } from "zod";

import { agentIds } from "#domain/id.ts";
import { KINDS, type Kind } from "#domain/kinds.ts";

import { executionIdSchema, pageQuery, timeSchema } from "./common.ts";
import { executionSchema, factSchema } from "./executions.ts";

const kindSchema = z.enum(Object.keys(KINDS) as [Kind, ...Kind[]]);

const LONGEST_DAYS = 36_500;

const policy = {
  kind: kindSchema,
  /** Days after its end that an execution is kept, whole days in UTC; 0: until the keeper looks next; null: for ever. */
  days: z.int().min(0).max(LONGEST_DAYS).nullable(),
  /** Whether it goes to the archive then. */
  archive: z.boolean(),
} as const;

export const retentionSchema = z.object({
  items: z.array(z.object({ ...policy, isDefault: z.boolean() })),
});
/** Kinds that are not named follow the workspace's tier. */
export const newRetentionSchema = z.strictObject({
  items: z.array(z.strictObject({ ...policy, archive: z.boolean().default(true) })).max(20),
});

export const prunedSchema = z.object({
  items: z.array(
    z.object({
      kind: kindSchema,
      executions: z.int(),
      /** How many of them went to the archive. */
      archived: z.int(),
    }),
  ),
});

export const archivedItemSchema = z.object({
  id: executionIdSchema,
  kind: kindSchema,
  status: z.string(),
  agent: z.object({ id: agentIds.schema, name: z.string(), deleted: z.boolean() }).nullable(),
  label: z.string().nullable(),
  createdAt: timeSchema,
  startedAt: timeSchema.nullable(),
  completedAt: timeSchema,
  facts: z.int(),
  /** The file in which it lies. */
  file: z.string(),
});
export type ArchivedItem = z.output<typeof archivedItemSchema>;

export const archiveQuerySchema = z.strictObject({
  ...pageQuery,
  /** By when they ended. */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  kind: kindSchema.optional(),
  agentId: agentIds.schema.optional(),
  /** Found in ids and labels. */
  search: z.string().trim().max(200).optional(),
});

/** An execution with everything that happened in it. */
export const archivedExecutionSchema = executionSchema.extend({ facts: z.array(factSchema) });
export type ArchivedExecution = z.output<typeof archivedExecutionSchema>;

export const archiveFilesSchema = z.object({
  items: z.array(
    z.object({
      file: z.string(),
      kind: kindSchema,
      executions: z.int(),
      facts: z.int(),
      bytes: z.int(),
      sha256: z.string(),
      firstEnd: timeSchema,
      lastEnd: timeSchema,
      madeAt: timeSchema,
    }),
  ),
});

export const archiveVerifiedSchema = z.object({
  files: z.int(),
  executions: z.int(),
  damaged: z.array(
    z.object({
      file: z.string(),
      why: z.string(),
      /** The executions that cannot be read, where that can be known. */
      executionIds: z.array(z.string()),
    }),
  ),
});
export type ArchiveVerified = z.output<typeof archiveVerifiedSchema>;

export const storageSchema = z.object({
  kinds: z.array(
    z.object({
      kind: kindSchema,
      open: z.int(),
      /** Those that are still in the ledger. */
      ended: z.int(),
      /** Those that have left it, to the archive or for good. */
      pruned: z.int(),
      archived: z.int(),
      archiveBytes: z.int(),
      /** What the ended ones need, as the last of them did. */
      estimatedBytes: z.int(),
    }),
  ),
});
export type Storage = z.output<typeof storageSchema>;

const bytes = z.int();
export const wholeStorageSchema = z.object({
  /** Of the ledger's file, each with its indexes, the largest first. */
  tables: z.array(z.object({ table: z.string(), bytes })),
  /** Pages of that file that are used for nothing now. */
  freeBytes: bytes,
  /** All files of the data folder, the largest first; those of the archive together. */
  files: z.array(z.object({ file: z.string(), bytes })),
});
export type WholeStorage = z.output<typeof wholeStorageSchema>;
