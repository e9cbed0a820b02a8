import { z } from "zod";

import { agentIds, contactIds } from "#domain/id.ts";
import { type AnyState, KINDS, KIND_NAMES, PHASES } from "#domain/kinds.ts";
import { spanSchema } from "#domain/plan.ts";

import { actorSchema, executionIdSchema, pageQuery, timeSchema } from "./common.ts";

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

const executionErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  /** Where in the plan: the step's path such as `3` or `3.then.1`. */
  step: z.string().nullable(),
  suggestion: z.string().nullable(),
  details: z.unknown().nullable(),
});

export type ExecutionError = z.output<typeof executionErrorSchema>;
export type WaitsFor = z.output<typeof waitsForSchema>;

/** A row of the list, and what the live feed sends when it changes. */
const item = {
  id: executionIdSchema,
  kind: kindSchema,
  status: stateSchema,
  phase: phaseSchema,
  /** What it is an execution of, in words. */
  label: z.string().nullable(),
  agent: z.object({ id: agentIds.schema, name: z.string(), deleted: z.boolean() }).nullable(),
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
  canceledAt: timeSchema.nullable(),
  canceledBy: actorSchema.nullable(),
  /** The retries of this execution. */
  retries: z.array(executionIdSchema),
  /** What this reader sees of people's data: `full`, or `redacted` (3.13-6). */
  payloads: z.enum(["full", "redacted"]),
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

export const executionListSchema = z.object({
  items: z.array(executionItemSchema),
  nextCursor: z.string().nullable(),
  /** Where the search stopped looking for now: nothing older was looked at. Go on with the cursor. */
  lookedBackTo: timeSchema.nullable().optional(),
});

const several = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .string()
    .transform((text) => text.split(",").filter((word) => word !== ""))
    .pipe(z.array(z.enum(values)).min(1).max(20));

export const DATE_RANGES = ["24h", "7d", "30d"] as const;

const filters = {
  ...pageQuery,
  /** One, or several with commas between. */
  status: several(STATES).optional(),
  phase: several(PHASES).optional(),
  dateRange: z.enum(DATE_RANGES).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  /** Only what no longer matches its program. */
  blocked: z
    .literal("true")
    .transform(() => true)
    .optional(),
  /** Found in ids and labels. */
  search: z.string().trim().max(200).optional(),
  sort: z.enum(["newest", "oldest"]).default("newest"),
} as const;
export const agentExecutionsQuerySchema = z.strictObject(filters);
export const executionsQuerySchema = z.strictObject({
  ...filters,
  kind: kindSchema.optional(),
  agentId: agentIds.schema.optional(),
});

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
