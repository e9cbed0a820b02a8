/**
 * What every refusal looks like (RFC 9457, `application/problem+json`). Malformed JSON answers 400 `bad_request`, a
 * body or query that does not fit its schema 422 `invalid` with `errors`, an id that names nothing here (unknown,
 * malformed or another workspace's) 404 `not_found`.
 */
import { z } from "zod";

import { planProblemSchema } from "./shapes/plan-problems.ts";
import { readingSchema } from "./shapes/reading.ts";

export const PROBLEM_TYPE = "application/problem+json";

const inputErrorSchema = z.object({
  /** Where in the input: `restrictions.maxEmailsPerDay`; empty for the input as a whole. */
  path: z.string(),
  message: z.string(),
});

/** The parser's refusal of instructions: each clause that nothing can carry out, with what to write instead. */
export const refusalSchema = z.object({
  message: z.string(),
  details: z.array(z.object({ text: z.string(), reason: z.string(), suggestion: z.string() })),
});
export type Refusal = z.output<typeof refusalSchema>;

const waitingSchema = z.object({
  executions: z.int(),
  journeys: z.int(),
  /** `movable`: so many of them stand before every step that changes. */
  steps: z.array(
    z.object({ step: z.string(), type: z.string(), waiting: z.int(), movable: z.int() }),
  ),
});
export type WaitingExecutions = z.output<typeof waitingSchema>;

export const problemSchema = z.object({
  /** A URI reference that names the kind of problem: `/problems/not_found`. */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** What happened and why, for the person who meets it. */
  detail: z.string(),
  code: z.string(),
  /** What to do about it. */
  suggestion: z.string().optional(),
  errors: z.array(inputErrorSchema).optional(),
  /** With `already_running`: the execution that runs now. */
  executionId: z.string().optional(),
  /** With `unparseable`: the parser's refusal, and who has read the instructions. */
  error: refusalSchema.optional(),
  reading: readingSchema.optional(),
  /** Where a plan cannot run here: all that is wrong with it. */
  problems: z.array(planProblemSchema).optional(),
  /** With `executions_wait`: how many wait, and at which steps of the plan that they go by. */
  waiting: waitingSchema.optional(),
});
export type Problem = z.output<typeof problemSchema>;
