import { z } from "zod";

import { agentIds, contactIds } from "#domain/id.ts";
import { type AnyState, KINDS, KIND_NAMES, PHASES } from "#domain/kinds.ts";
import { spanSchema } from "#domain/plan.ts";

import {
  actorSchema,
  cliFamilySchema,
  errorGroupIdSchema,
  executionIdSchema,
  pageQuery,
  spendingFields,
  timeSchema,
} from "./common.ts";
import { readingSchema } from "./reading.ts";

const STATES = [...new Set(KIND_NAMES.flatMap((kind) => KINDS[kind].machine.states))] as [
  AnyState,
  ...AnyState[],
];
const stateSchema = z.enum(STATES);
const kindSchema = z.enum(KIND_NAMES as ["automation", ...typeof KIND_NAMES]);
const phaseSchema = z.enum(PHASES);

const TRIGGER_TYPES = ["manual", "scheduled", "event", "api", "parent", "retry"] as const;
const executionTriggerSchema = z.object({
  type: z.enum(TRIGGER_TYPES),
  /** With `event`: which. */
  event: z.string().nullable(),
  by: actorSchema,
});

const waitsForSchema = z.object({
  what: z.enum(["timer", "person", "limit", "signal", "queue", "update"]),
  /** In words: "5 days", "a reply", "the daily email limit". */
  text: z.string(),
  until: timeSchema.nullable(),
  who: z.string().nullable(),
});

export const executionErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  /** Where in the plan: the step's path such as `3` or `3.then.1`. */
  step: z.string().nullable(),
  suggestion: z.string().nullable(),
  details: z.unknown().nullable(),
});

export type ExecutionError = z.output<typeof executionErrorSchema>;
export type WaitsFor = z.output<typeof waitsForSchema>;

/** How history names an agent: deleted ones too. */
export const namedAgentSchema = z.object({
  id: agentIds.schema,
  name: z.string(),
  deleted: z.boolean(),
});

/** A row of the list, and what the live feed sends when it changes. */
const item = {
  id: executionIdSchema,
  kind: kindSchema,
  status: stateSchema,
  phase: phaseSchema,
  /** What it is an execution of, in words. */
  label: z.string().nullable(),
  agent: namedAgentSchema.nullable(),
  agentVersion: z.int().nullable(),
  trigger: executionTriggerSchema,
  createdAt: timeSchema,
  startedAt: timeSchema.nullable(),
  completedAt: timeSchema.nullable(),
  /** From start to completion (or now is for the reader to add); null until it has ended. */
  durationMs: z.int().nullable(),
  /** The duration without waiting for timers and people. */
  activeMs: z.int().nullable(),
  waitedMs: z.int().nullable(),
  resumeAt: timeSchema.nullable(),
  waitsFor: waitsForSchema.nullable(),
  /** The step at which its replay did not match; it is tried again after a deploy. */
  blocked: z.string().nullable(),
  blockedSince: timeSchema.nullable(),
  /** Who paused it, until somebody resumes it; its status is that from before. */
  pausedBy: actorSchema.nullable(),
  stepsDone: z.int(),
  stepsTotal: z.int().nullable(),
  /** Where it stands, in words: "Step 3: Sending emails... (5 of 10 sent)", "Agent paused. Will resume in 5 days." */
  message: z.string().nullable(),
  /** Once it has ended: "Processed 5 contacts, sent 5 emails". */
  summary: z.string().nullable(),
  error: executionErrorSchema.nullable(),
  warnings: z.int(),
  /** Counts by name: `contactsProcessed`, `emailsSent`, `tasksCreated`, … */
  figures: z.record(z.string(), z.number()),
  /** Told once it has ended. */
  ...spendingFields,
  retryOf: executionIdSchema.nullable(),
} as const;
export const executionItemSchema = z.object(item);
export type ExecutionItem = z.output<typeof executionItemSchema>;

export const STEP_STATUSES = [
  "pending",
  "running",
  "waiting",
  "completed",
  "failed",
  "skipped",
  "notExecuted",
  "warning",
  "uncertain",
] as const;

const progressSchema = z.object({
  total: z.int(),
  done: z.int(),
  failed: z.int(),
  skipped: z.int(),
  waiting: z.int(),
});

export const executionStepSchema = z.object({
  /** Counts from 1 in the order of the plan. */
  number: z.int(),
  path: z.string(),
  type: z.string(),
  label: z.string(),
  status: z.enum(STEP_STATUSES),
  startedAt: timeSchema.nullable(),
  completedAt: timeSchema.nullable(),
  durationMs: z.int().nullable(),
  /** Null where the reader may not see payloads (`payloads` of the execution says so). */
  params: z.unknown().nullable(),
  result: z.unknown().nullable(),
  error: executionErrorSchema.nullable(),
  warnings: z.array(z.object({ message: z.string(), count: z.int() })),
  /** Over a selection: how many journeys are how far. */
  progress: progressSchema.nullable(),
  /** The words of the instructions that it came from. */
  span: spanSchema.nullable(),
});
export type ExecutionStep = z.output<typeof executionStepSchema>;

export const executionSchema = z.object({
  ...item,
  steps: z.array(executionStepSchema),
  /** The instructions of the version that it runs, for the steps' spans. */
  instructions: z.string().nullable(),
  /** Who read them. */
  reading: readingSchema.nullable(),
  canceledAt: timeSchema.nullable(),
  canceledBy: actorSchema.nullable(),
  /** The execution that it runs under, as long as that is kept. */
  parent: executionIdSchema.nullable(),
  /** How many run or ran directly under it. */
  children: z.int(),
  /** The retries of this execution. */
  retries: z.array(executionIdSchema),
  /** What this reader sees of people's data: `full`, or `redacted` (3.13-6). */
  payloads: z.enum(["full", "redacted"]),
  /** It has left the ledger and is read from the archive. */
  archived: z.boolean(),
});
export type Execution = z.output<typeof executionSchema>;

/** A moment in an execution's history: the position of a fact, or a time. */
const momentSchema = z.union([
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform((text) => ({ position: Number(text) })),
  z.iso.datetime({ offset: true }).transform((text) => ({ time: Date.parse(text) })),
]);
export type Moment = z.output<typeof momentSchema>;
export const executionQuerySchema = z.strictObject({
  /** As it stood then: after the fact at this position, or at this time. */
  at: momentSchema.optional(),
});

const usage = {
  steps: z.int(),
  retries: z.int(),
  warnings: z.int(),
  ...spendingFields,
} as const;

export const treeNodeSchema = z.object({
  id: executionIdSchema,
  /** Null for the first. */
  parentId: executionIdSchema.nullable(),
  /** How far below the first. */
  depth: z.int(),
  kind: kindSchema,
  status: stateSchema,
  phase: phaseSchema,
  /** What it is an execution of: its label, or its program's name. */
  name: z.string(),
  pausedBy: actorSchema.nullable(),
  createdAt: timeSchema,
  startedAt: timeSchema.nullable(),
  completedAt: timeSchema.nullable(),
  /** How many run or ran directly under it, listed or not. */
  children: z.int(),
  /** Something under it is not listed, and not in its total: ask for its own tree. */
  more: z.boolean(),
  own: z.object(usage),
  /** Its own and that of all listed under it. */
  total: z.object({ ...usage, executions: z.int() }),
});
export type TreeNode = z.output<typeof treeNodeSchema>;
export const executionTreeSchema = z.object({
  /** Each before those under it, in the order of their birth. */
  items: z.array(treeNodeSchema),
});
export const treeQuerySchema = z.strictObject({
  /** The tree under this execution, or the whole one that it stands in. */
  from: z.enum(["here", "root"]).default("here"),
  limit: z.coerce.number<string | number>().int().min(1).max(1000).default(500),
});

export const executionListSchema = z.object({
  items: z.array(executionItemSchema),
  nextCursor: z.string().nullable(),
  /** Where the search stopped looking for now: nothing older was looked at. Go on with the cursor. */
  lookedBackTo: timeSchema.nullable().optional(),
  /** With `search`: what happened within this time may not be found yet. 0: everything is. */
  searchLagMs: z.int().min(0).optional(),
});

const several = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .string()
    .transform((text) => text.split(",").filter((word) => word !== ""))
    .pipe(z.array(z.enum(values)).min(1).max(20));

export const DATE_RANGES = ["24h", "7d", "30d"] as const;
export type DateRange = (typeof DATE_RANGES)[number];

const countSchema = z.coerce.number<string | number>().int().min(0);
const dollarsSchema = z.coerce.number<string | number>().min(0).max(1_000_000);

const filters = {
  /** One, or several with commas between. */
  status: several(STATES).optional(),
  phase: several(PHASES).optional(),
  /** Those that are paused, or (`false`) not. */
  paused: z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .optional(),
  /** Only what no longer matches its program, or has a journey that does not. */
  blocked: z
    .literal("true")
    .transform((): true => true)
    .optional(),
  dateRange: z.enum(DATE_RANGES).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  /** What started it. */
  trigger: z.enum(TRIGGER_TYPES).optional(),
  /** What it is about, by its id. */
  target: z.string().trim().min(1).max(200).optional(),
  /** A part of what it is an execution of. */
  label: z.string().trim().min(1).max(200).optional(),
  /** From start to end; open ones have no duration yet. */
  minDurationMs: countSchema.optional(),
  maxDurationMs: countSchema.optional(),
  /** In dollars; what is not known is no cost. */
  minCost: dollarsSchema.optional(),
  maxCost: dollarsSchema.optional(),
  /**
   * Each of its words is the beginning of a word in steps, parameters, results, errors, labels, ids or names of the
   * execution: "john@acme.com". Members and Viewers search what they may see.
   */
  search: z.string().trim().max(200).optional(),
  /** Those that failed of it: the id of a group of errors, as `executions/errors` tells it. */
  error: errorGroupIdSchema.optional(),
} as const;
const paged = {
  ...pageQuery,
  sort: z.enum(["newest", "oldest"]).default("newest"),
} as const;
const exported = { format: z.enum(["csv", "json"]).default("csv") } as const;
const ofAnyAgent = {
  kind: kindSchema.optional(),
  agentId: agentIds.schema.optional(),
  /** Invocations of this Agent CLI alone. */
  cli: cliFamilySchema.optional(),
} as const;
export const agentExecutionsQuerySchema = z.strictObject({ ...paged, ...filters });
export const executionsQuerySchema = z.strictObject({ ...paged, ...filters, ...ofAnyAgent });
export const agentExportQuerySchema = z.strictObject({ ...exported, ...filters });
export const exportQuerySchema = z.strictObject({ ...exported, ...filters, ...ofAnyAgent });

export const journeySchema = z.object({
  lane: z.int(),
  entity: z
    .object({ type: z.enum(["contact", "company", "deal"]), id: z.string(), name: z.string() })
    .nullable(),
  state: z.string(),
  /** The path of the step where it is, or where it ended. */
  planStep: z.string().nullable(),
  resumeAt: timeSchema.nullable(),
  endedAt: timeSchema.nullable(),
  error: executionErrorSchema.nullable(),
});
export type Journey = z.output<typeof journeySchema>;
export const journeysQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.string().max(40).optional(),
  /** As they stood then. */
  at: momentSchema.optional(),
});

export const factSchema = z.object({
  /** Its place in the whole ledger. */
  position: z.int(),
  lane: z.int(),
  /** Its place in its stream. */
  version: z.int(),
  type: z.string(),
  at: timeSchema,
  data: z.unknown(),
});
export type Fact = z.output<typeof factSchema>;
export const factsQuerySchema = z.strictObject({
  ...pageQuery,
  lane: z.coerce.number<string | number>().int().min(0).optional(),
});

export const cancelSchema = z.strictObject({ reason: z.string().trim().max(500).optional() });
export const retrySchema = z.strictObject({
  /** `start`, `failed` (what had failed and what follows), or the path of a step, such as `3` or `3.then.1`. */
  from: z
    .string()
    .regex(/^(start|failed|\d{1,4}(\.(then|else)\.\d{1,4}){0,20})$/, {
      error: 'is "start", "failed" or the path of a step such as 3.then.1',
    })
    .optional(),
  /** The plan that it ran with, or the agent's current one. */
  version: z.enum(["original", "current"]).default("original"),
  /** Only contacts (or companies, deals) whose journeys had failed; from where they failed unless told otherwise. */
  only: z.enum(["failed"]).optional(),
});
export const retriedSchema = z.object({
  executionId: executionIdSchema,
  /** What it repeats: who was mailed already and may be mailed again. */
  warning: z.string().nullable(),
});
/** Which journeys skip their wait: all that wait unless one is named. */
export const skipWaitSchema = z.strictObject({
  contactId: contactIds.schema.optional(),
  lane: z.int().min(0).optional(),
});

const { cursor: _cursor, limit: _limit, sort: _sort, ...narrowing } = executionsQuerySchema.shape;
const bulk = {
  /** Those of the list. Without a status: all that are open, or to be retried, all that have failed. */
  filter: z.strictObject(narrowing).default({}),
  /** From an answer without one: agrees to the number that it told. */
  token: z.string().max(100).optional(),
} as const;
export const bulkCancelSchema = z.strictObject({ ...bulk, ...cancelSchema.shape });
export const bulkRetrySchema = z.strictObject({ ...bulk, ...retrySchema.shape });
export const bulkSchema = z.object({
  /** 10,000 at most. */
  count: z.int(),
  /** There are more; they are for the next time. */
  more: z.boolean(),
  /** Send it with the same filter to begin. Null once it was begun. */
  token: z.string().nullable(),
  /** The execution that does it, one after the other; null as long as nothing was begun. */
  executionId: executionIdSchema.nullable(),
});
