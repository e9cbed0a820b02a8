import { usersOfStep } from "#workspace/users-in-plan.ts";

import type { Check } from "./asked.ts";

/** Everybody whom a step names is in the workspace, by a role or by name. */
export const people: Check = ({ steps, known }) =>
  steps.flatMap(({ path, planStep }) =>
    usersOfStep(planStep)
      .filter((name) => !known.isPerson(name))
      .map((name) => ({
        path,
        severity: "error",
        code: "user_not_found",
        message: `Cannot assign task to user ${name}: user not found`,
        suggestion: `Give the role "${name}" to a member in the workspace's settings, or name somebody else.`,
        name,
        among: known.people,
      })),
  );
