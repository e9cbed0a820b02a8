/** What an agent would do, without its doing anything. */
import { z } from "zod";

import { refuseDeep } from "#domain/depth.ts";
import { agentIds, templateIds } from "#domain/id.ts";
import { planSchema, VERBS } from "#domain/plan.ts";

import {
  executeSchema,
  instructionsSchema,
  memorySchema,
  REENROLMENTS,
  restrictionsSchema,
  targetSchema,
} from "./agents.ts";
import { timeSchema } from "./common.ts";
import { executionErrorSchema } from "./executions.ts";

/** So many contacts, companies or deals are walked at most, unless fewer are asked for. */
const MOST_WALKED = 1000;

const workedOn = {
  ...executeSchema.shape,
  /** Instead of the manual trigger's. */
  target: targetSchema.optional(),
  /** How many of those found are walked. */
  most: z.int().min(1).max(MOST_WALKED).default(200),
} as const;

/** What is not saved yet: words, or a plan from the builder's forms. */
const unsaved = {
  instructions: instructionsSchema.optional(),
  plan: z.preprocess(refuseDeep, planSchema).optional(),
  restrictions: restrictionsSchema.optional(),
  memory: memorySchema.optional(),
  reenrolment: z.enum(REENROLMENTS).optional(),
  defaultTemplateId: templateIds.schema.nullable().optional(),
} as const;

/** An agent as it was saved, but for what is given here. */
export const simulateAgentSchema = z.strictObject({ ...unsaved, ...workedOn });
/** Without an agent: `instructions` or `plan` is needed. */
export const simulateSchema = z
  .strictObject({ ...unsaved, ...workedOn })
  .refine(({ instructions, plan }) => instructions !== undefined || plan !== undefined, {
    error: "names `instructions` or a `plan`",
    path: ["instructions"],
  });

const planStep = { path: z.string(), type: z.enum(VERBS) } as const;
const entityType = z.enum(["contact", "company", "deal"]);
const fieldValue = z.union([z.string(), z.number(), z.boolean()]).nullable();

/** What would happen at one step for one contact. */
const happeningSchema = z.object({
  ...planStep,
  /** Counted from 1, the day on which it is simulated, in the workspace's zone. */
  day: z.int(),
  at: timeSchema,
  /** `asked`: a condition was looked at. */
  outcome: z.enum(["done", "asked", "waited", "skipped", "stopped", "failed"]),
  /** In words. */
  text: z.string(),
  mail: z
    .object({
      to: z.string(),
      subject: z.string(),
      /** Its first lines. */
      text: z.string(),
      template: z.string().nullable(),
    })
    .optional(),
  changes: z.array(z.object({ field: z.string(), from: fieldValue, to: fieldValue })).optional(),
  tags: z.array(z.string()).optional(),
  crmTask: z
    .object({ title: z.string(), dueAt: timeSchema.nullable(), assignedTo: z.string() })
    .optional(),
  notice: z.object({ to: z.string(), message: z.string() }).optional(),
  condition: z.object({ holds: z.boolean() }).optional(),
  warnings: z.array(z.string()),
});

const sampleSchema = z.object({
  /** Null where the plan needs nobody to work on. */
  entity: z.object({ type: entityType, id: z.string(), name: z.string() }).nullable(),
  outcome: z.enum(["completed", "skipped", "failed", "unfinished"]),
  /** Why it was left out or failed. */
  reason: z.string().nullable(),
  happenings: z.array(happeningSchema),
});

const countedSchema = z.object({ message: z.string(), count: z.int() });

const stepCountSchema = z.object({
  ...planStep,
  /** Journeys that came to it. */
  reached: z.int(),
  done: z.int(),
  failed: z.int(),
  /** With `if` and `skip`: for how many the condition held. */
  held: z.int().nullable(),
  warnings: z.array(countedSchema),
});

/** Mail under the limits that hold now, and the days that it takes under them. */
const sendingSchema = z.object({
  emails: z.int(),
  /** Days on which something is sent, held to the limit of each day. */
  days: z.int(),
  perDay: z.int(),
  sentToday: z.int(),
  byDay: z.array(z.object({ day: z.int(), date: z.iso.date(), emails: z.int() })),
  /** Whether the agent would pause on the way, because it is set to pause at its limit. */
  pauses: z.boolean(),
  /** About what it would be for all who were found, where only some of them were walked. */
  inAll: z.object({ emails: z.int(), days: z.int() }).optional(),
});

/** One way through the plan: what is assumed of replies stands in `assumes`. */
const walkSchema = z.object({
  /** `nothing`: the plan asks nobody's reaction. `reaction`: whoever is mailed opens and replies. */
  assumes: z.enum(["nothing", "noReaction", "reaction"]),
  /** "would send 43 emails over 2 days under your limits". */
  summary: z.string(),
  /** As an execution's: emailsSent, tasksCreated, fieldsUpdated … */
  figures: z.record(z.string(), z.number()),
  journeys: z.object({
    walked: z.int(),
    completed: z.int(),
    skipped: z.int(),
    failed: z.int(),
    /** Cut off by a bound. */
    unfinished: z.int(),
  }),
  /** How long the longest journey takes, in days of the calendar. */
  days: z.int(),
  sending: sendingSchema,
  steps: z.array(stepCountSchema),
  samples: z.array(sampleSchema),
  /** Why entities were left out or failed, the most frequent reason first. */
  leftOut: z.array(z.object({ reason: z.string(), step: z.string().nullable(), count: z.int() })),
  warnings: z.array(countedSchema),
  /** What would end the execution. */
  error: executionErrorSchema.nullable(),
});

/** Nothing of it has happened: no mail was sent, nothing was changed, nothing is counted or kept. */
export const simulationSchema = z.object({
  simulation: z.literal(true),
  agent: z.object({ id: agentIds.schema, name: z.string(), version: z.int() }).nullable(),
  /** Whether it is of something that is not saved. */
  unsaved: z.boolean(),
  simulatedAt: timeSchema,
  tookMs: z.int(),
  plan: planSchema,
  selections: z.array(z.object({ type: entityType, found: z.int(), walked: z.int() })),
  /** False where a bound cut it short; `why` says which. */
  complete: z.boolean(),
  why: z.string().nullable(),
  walks: z.array(walkSchema),
});
export type Simulation = z.output<typeof simulationSchema>;
export type SimulationWalk = Simulation["walks"][number];
export type Sample = SimulationWalk["samples"][number];
export type Happening = Sample["happenings"][number];
