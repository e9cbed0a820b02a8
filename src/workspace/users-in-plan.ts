import { type Plan, type PlanStep, walkPlan } from "#domain/plan.ts";
import { findVariables } from "#domain/variables.ts";

/** Whom a step gives something to: a name, a role, or a variable. */
function receiverOf({ type, params }: PlanStep): string | undefined {
  if (type === "create_task") return params.assignee;
  return type === "notify" || type === "handoff" ? params.to : undefined;
}

/** `@user.manager.email` names the manager; one with a fallback written may fit nobody. */
function usersInText(text: string): readonly string[] {
  return findVariables(text).flatMap(({ name, fallback }) => {
    const [root, user = ""] = name.split(".");
    return root === "user" && fallback === undefined ? [user] : [];
  });
}

/** Everybody of the workspace whom a plan names, as `UserRoles.resolve` takes them: `salesRep`, `sales team`. */
export function usersIn(plan: Pick<Plan, "steps">): readonly string[] {
  const names = new Set<string>();
  for (const { planStep } of walkPlan(plan)) {
    const receiver = receiverOf(planStep);
    // Other variables (`@contact.owner`) are known only when the step runs.
    if (receiver !== undefined && !receiver.startsWith("@")) names.add(receiver);
    for (const name of usersInText(JSON.stringify(planStep.params))) names.add(name);
  }
  return [...names];
}
