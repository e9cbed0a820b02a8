import { z } from "zod";

import { agentIds } from "#domain/id.ts";

import { spendingFields } from "./common.ts";

/** Of 0 to 1, over those that succeeded or failed; null: there are none. */
const rates = { succeeded: z.int(), failed: z.int(), successRate: z.number().nullable() } as const;

const summary = {
  /** All that have ended. */
  executions: z.int(),
  byState: z.record(z.string(), z.int()),
  ...rates,
  /** Time at work, without waiting, of those that succeeded or failed. */
  averageMs: z.int().nullable(),
  /** Of all that began; within 1 %. */
  p50Ms: z.int().nullable(),
  p95Ms: z.int().nullable(),
  steps: z.int(),
  retries: z.int(),
  warnings: z.int(),
  /** Sums by name: `contactsProcessed`, `emailsSent`, `tasksCreated`, … */
  figures: z.record(z.string(), z.number()),
  ...spendingFields,
} as const;
const summarySchema = z.object(summary);

export const dashboardSchema = z.object({
  /** The days of the workspace that are looked at, both inclusive. */
  from: z.iso.date(),
  to: z.iso.date(),
  zone: z.string(),
  totals: summarySchema,
  /** Of as many days before; null where all are looked at. */
  before: summarySchema.nullable(),
  days: z.array(
    z.object({ date: z.iso.date(), executions: z.int(), ...rates, cost: z.string().nullable() }),
  ),
  agents: z.array(
    z.object({
      /** Null: what no agent ran, such as a program. */
      agent: z.object({ id: agentIds.schema, name: z.string(), deleted: z.boolean() }).nullable(),
      ...summary,
    }),
  ),
  open: z.object({
    executions: z.int(),
    byPhase: z.record(z.string(), z.int()),
    /** Whether all were counted; else there are at least so many. */
    isWhole: z.boolean(),
  }),
});
export type Dashboard = z.output<typeof dashboardSchema>;

const range = {
  dateRange: z.enum(["7d", "30d", "90d", "all"]).default("30d"),
} as const;
export const agentDashboardQuerySchema = z.strictObject(range);
export const dashboardQuerySchema = z.strictObject({
  ...range,
  agentId: agentIds.schema.optional(),
});
