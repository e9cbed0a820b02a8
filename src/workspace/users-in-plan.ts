import { type Plan, type PlanStep, walkPlan } from "#domain/plan.ts";
import { findVariables } from "#domain/variables.ts";

/** Whom a step gives something to: a name, a role, a variable, or an address. */
function receiverOf({ type, params }: PlanStep): string | undefined {
  if (type === "create_task") return params.assignee;
  return type === "notify" || type === "handoff" || type === "send_email" ? params.to : undefined;
}

/** `@user.manager.email` names the manager; one with a fallback written may fit nobody. */
function usersInText(text: string): readonly string[] {
  return findVariables(text).flatMap(({ name, fallback }) => {
    const [root, user = ""] = name.split(".");
    return root === "user" && fallback === undefined ? [user] : [];
  });
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null)
    for (const one of Object.values(value)) yield* textsIn(one);
}

/** Everybody of the workspace whom a step names, as `UserRoles.resolve` takes them. */
export function usersOfStep(planStep: PlanStep): readonly string[] {
  const receiver = receiverOf(planStep);
  const inTexts = [...textsIn(planStep.params)].flatMap(usersInText);
  // Other variables (`@contact.owner`) are known only when the step runs.
  const isNamed = receiver !== undefined && !receiver.includes("@");
  return [...new Set(isNamed ? [receiver, ...inTexts] : inTexts)];
}

/** Everybody of the workspace whom a plan names: `salesRep`, `sales team`. */
export function usersIn(plan: Pick<Plan, "steps">): readonly string[] {
  return [...new Set([...walkPlan(plan)].flatMap(({ planStep }) => usersOfStep(planStep)))];
}
