/**
 * What is wrong, or may be meant otherwise, in a plan that can be understood: found before anything runs. An error
 * keeps an agent from going live and a run from its first step; a warning keeps nothing.
 */
import { z } from "zod";

import { spanSchema } from "#domain/plan.ts";

const PLAN_PROBLEM_CODES = [
  /** The action is not built yet. */
  "action_not_built",
  "template_not_found",
  "user_not_found",
  /** A field is written that the workspace has not defined. */
  "field_not_found",
  "field_read_only",
  /** A value that its field cannot take. */
  "value_invalid",
  "wait_invalid",
  "nothing_to_work_on",
  /** A condition asks for a field that nobody knows: it never holds (a warning). */
  "unknown_field",
  /** A condition compares a field with what it can never hold (a warning). */
  "never_holds",
  /** A text names a variable that nobody knows (a warning): its fallback is sent, or the contact is skipped. */
  "unknown_variable",
  /** `@memory.x` or `@search.…` is read before anything could be in it (a warning). */
  "read_before_written",
  "tag_not_found",
  /** A schedule would write to the same people again (a warning). */
  "repeats",
] as const;

export const planProblemSchema = z.object({
  /** The step's: `3.then.1`; `trigger`; empty for the plan as a whole. */
  path: z.string(),
  /** The words that it is about: a name where that stands in the text, else the step's; null where none are known. */
  span: spanSchema.nullable(),
  severity: z.enum(["error", "warning"]),
  code: z.enum(PLAN_PROBLEM_CODES),
  message: z.string(),
  /** What to do about it, for a person. */
  suggestion: z.string().nullable(),
  /** What could be written at `span` instead, where the workspace has a name near to it. */
  instead: z.string().nullable(),
});
export type PlanProblem = z.output<typeof planProblemSchema>;
