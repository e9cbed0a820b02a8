import { z } from "zod";

import { agentIds, companyIds, contactIds, dealIds, templateIds } from "#domain/id.ts";
import { EVENTS, givenConditionSchema, planSchema, VERBS } from "#domain/plan.ts";

import { refusalSchema } from "../problem.ts";
import { ROLES } from "../rights.ts";
import {
  actorSchema,
  executionIdSchema,
  nameSchema,
  pageQuery,
  timeSchema,
  zoneSchema,
} from "./common.ts";
import { planProblemSchema } from "./plan-problems.ts";
import { PARSERS, readingSchema } from "./reading.ts";

export const AGENT_STATUSES = ["draft", "live", "paused", "onHold"] as const;
/** Why an agent is paused: by a person, by the breaker (executions a day), by the email limit, by its provider. */
export const PAUSE_REASONS = ["user", "breaker", "emailLimit", "provider"] as const;

const MOST_INSTRUCTIONS = 50_000;
export const instructionsSchema = z
  .string()
  .max(
    MOST_INSTRUCTIONS,
    `may have at most ${MOST_INSTRUCTIONS.toLocaleString("en-US")} characters`,
  )
  .refine((text) => text.trim() !== "", {
    error: "may not be empty: write what the agent should do",
  });

/** What an agent works on, unless its plan searches by itself. An empty condition takes all. */
export const targetSchema = z.strictObject({
  entity: z.enum(["contact", "company", "deal"]),
  condition: givenConditionSchema.optional(),
});

const cron = z
  .string()
  .regex(/^\S+( \S+){4}$/, "is a cron expression of five fields such as 0 9 * * 1-5");

const agentTriggerSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("manual"), target: targetSchema.optional() }),
  z.strictObject({
    type: z.literal("schedule"),
    cron,
    /** The workspace's zone unless it is given. */
    zone: zoneSchema.optional(),
    /** What to do with a run that came due while Stint was stopped. */
    missed: z.enum(["runOnce", "skip"]).default("runOnce"),
  }),
  z.strictObject({
    type: z.literal("event"),
    event: z.enum(EVENTS),
    condition: givenConditionSchema.optional(),
  }),
]);

const limit = z.int().min(0).max(1_000_000);
/** Limits are per agent; days are the workspace's. */
export const restrictionsSchema = z.strictObject({
  maxExecutionsPerDay: limit.default(100),
  maxExecutionsPerMinute: limit.default(10),
  maxEmailsPerDay: limit.default(100),
  /** At a daily limit: pause until a person resumes, or hold until the limit resets. */
  onLimit: z.enum(["pause", "hold"]).default("pause"),
});
export type Restrictions = z.output<typeof restrictionsSchema>;

/** Whether what is remembered lasts for one execution or across all executions of the agent. */
export const memorySchema = z.strictObject({
  lasts: z.enum(["execution", "agent"]).default("execution"),
});

export const REENROLMENTS = ["never", "afterEnd", "always"] as const;

const configuration = {
  name: nameSchema,
  goal: z.string().trim().max(2000),
  instructions: instructionsSchema,
  triggers: z.array(agentTriggerSchema).max(20),
  restrictions: restrictionsSchema,
  memory: memorySchema,
  /** The roles whose members may press Run Now. */
  manualRun: z.array(z.enum(ROLES).exclude(["viewer"])),
  /** Whether an entity whose journey has ended may be enrolled again. */
  reenrolment: z.enum(REENROLMENTS),
  /** What "email them" sends. */
  defaultTemplateId: templateIds.schema.nullable(),
} as const;
export const configurationSchema = z.object(configuration);

export const newAgentSchema = z.strictObject({
  name: configuration.name,
  goal: configuration.goal.default(""),
  instructions: configuration.instructions,
  triggers: configuration.triggers.default([]),
  restrictions: restrictionsSchema.prefault({}),
  memory: memorySchema.prefault({}),
  manualRun: configuration.manualRun.default(["member", "admin", "owner"]),
  reenrolment: configuration.reenrolment.default("afterEnd"),
  defaultTemplateId: configuration.defaultTemplateId.default(null),
  status: z.enum(["draft", "live"]).default("draft"),
  /** Who reads the instructions, if not whom the workspace's settings name. */
  parser: z.enum(PARSERS).optional(),
});

/** What becomes of executions that wait when the plan changes. */
export const WAITING_CHOICES = ["finish", "move", "cancel"] as const;

const savingFields = {
  /** The version that was edited; when somebody saved another meanwhile, the answer is 409 `version_conflict`. */
  version: z.int().min(1).optional(),
  /**
   * What becomes of executions that wait. Where it is not said, some wait and the steps change, the answer is 409
   * `executions_wait`, which tells how many wait at which steps.
   */
  waiting: z.enum(WAITING_CHOICES).optional(),
} as const;

const limitChange = limit.optional();
/** What is not named stays as it is; restrictions are named one by one. */
export const agentChangeSchema = z.strictObject({
  name: configuration.name.optional(),
  goal: configuration.goal.optional(),
  instructions: configuration.instructions.optional(),
  triggers: configuration.triggers.optional(),
  restrictions: z
    .strictObject({
      maxExecutionsPerDay: limitChange,
      maxExecutionsPerMinute: limitChange,
      maxEmailsPerDay: limitChange,
      onLimit: z.enum(["pause", "hold"]).optional(),
    })
    .optional(),
  memory: z.strictObject({ lasts: z.enum(["execution", "agent"]) }).optional(),
  manualRun: configuration.manualRun.optional(),
  reenrolment: configuration.reenrolment.optional(),
  defaultTemplateId: configuration.defaultTemplateId.optional(),
  /** Has the instructions read again, by this one, whether they changed or not. */
  parser: z.enum(PARSERS).optional(),
  ...savingFields,
});

const understood = {
  /** What the instructions became; null where they could not be understood. */
  plan: planSchema.nullable(),
  parseError: refusalSchema.nullable(),
  /** Who read the instructions. */
  reading: readingSchema,
} as const;

export const agentSchema = z.object({
  id: agentIds.schema,
  ...configuration,
  name: z.string(),
  ...understood,
  status: z.enum(AGENT_STATUSES),
  pausedReason: z.enum(PAUSE_REASONS).nullable(),
  /** With `onHold`: when it goes on by itself. */
  holdUntil: timeSchema.nullable(),
  version: z.int(),
  createdBy: actorSchema,
  createdAt: timeSchema,
  updatedAt: timeSchema,
  lastExecution: z
    .object({ id: executionIdSchema, status: z.string(), phase: z.string(), createdAt: timeSchema })
    .nullable()
    .optional(),
  /** What its plan meets in the workspace as it is now; lists leave it out. */
  problems: z.array(planProblemSchema).optional(),
});
export type Agent = z.output<typeof agentSchema>;

/** Each save is a version; executions keep the one they started with. */
export const agentVersionSchema = z.object({
  version: z.int(),
  ...configuration,
  name: z.string(),
  ...understood,
  savedBy: actorSchema,
  savedAt: timeSchema,
  /** The version that it restored. */
  restoredFrom: z.int().nullable(),
  /** What it changed of the version before, in a line. */
  changed: z.string(),
});
export type AgentVersion = z.output<typeof agentVersionSchema>;

export const restoreSchema = z.strictObject(savingFields);

/** `against`: the version before it, where no other is named. */
export const versionDiffQuerySchema = z.strictObject({
  against: z.coerce.number<string | number>().int().min(1).optional(),
});

const diffedVersion = agentVersionSchema.pick({
  version: true,
  savedBy: true,
  savedAt: true,
  restoredFrom: true,
});

const diffedStep = z
  .object({
    path: z.string(),
    type: z.enum(VERBS),
    params: z.unknown(),
    /** The words that it came from. */
    words: z.string().nullable(),
  })
  .nullable();

/** What became another between two versions; of each, `from` is the earlier one's. */
export const versionDiffSchema = z.object({
  from: diffedVersion,
  to: diffedVersion,
  /** The instructions word by word: put together, `same` and `added` are the later text. */
  instructions: z.array(z.object({ is: z.enum(["same", "removed", "added"]), text: z.string() })),
  /** Every step of both, in the order of the later plan. */
  steps: z.array(
    z.object({
      is: z.enum(["same", "changed", "added", "removed"]),
      from: diffedStep,
      to: diffedStep,
    }),
  ),
  /** Every setting that differs: `restrictions.maxEmailsPerDay`. */
  settings: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
});
export type VersionDiff = z.output<typeof versionDiffSchema>;

export const agentListQuerySchema = z.strictObject({
  ...pageQuery,
  status: z.enum(AGENT_STATUSES).optional(),
  search: z.string().max(200).optional(),
});

/** Run Now: the manual trigger's target unless another is given. */
export const triggerRunSchema = z.strictObject({ target: targetSchema.optional() });

/** Run Now on named entities; a form's fields are read as `@form.…`. */
export const executeSchema = z.strictObject({
  contactIds: z.array(contactIds.schema).max(10_000).optional(),
  companyIds: z.array(companyIds.schema).max(10_000).optional(),
  dealIds: z.array(dealIds.schema).max(10_000).optional(),
  form: z
    .record(z.string().max(100), z.union([z.string().max(10_000), z.number(), z.boolean()]))
    .optional(),
});

export const startedSchema = z.object({ executionId: executionIdSchema });

/** With the settings that the words are to be understood with, where an editor holds others than the saved ones. */
export const parseSchema = z.strictObject({
  instructions: instructionsSchema,
  /** The built-in parser, at once and for nothing, unless the workspace's model is asked for. */
  parser: z.enum(PARSERS).default("offline"),
  /** Whose settings count where none are given; a new agent has none. */
  agentId: agentIds.schema.optional(),
  triggers: configuration.triggers.optional(),
  memory: memorySchema.optional(),
  reenrolment: configuration.reenrolment.optional(),
  defaultTemplateId: configuration.defaultTemplateId.optional(),
});
export const parsedSchema = z.object({
  plan: planSchema,
  reading: readingSchema,
  /** What the plan meets in the workspace, in the order of the text. */
  problems: z.array(planProblemSchema),
});
