/** What can be known to go wrong is found before anything has happened; the step that it is about fails. */
import type { ActionNeeds } from "#actions/needs.ts";
import { templateFor } from "#actions/template.ts";
import { explainUnbuilt, refuseUnbuilt } from "#domain/catalogue.ts";
import { Fault, type FaultCode, type FaultOptions } from "#domain/fault.ts";
import { type Plan, UNPARSEABLE, walkPlan } from "#domain/plan.ts";
import { usersIn } from "#workspace/users-in-plan.ts";

import type { AutomationInput } from "./input.ts";
import { isSearch } from "./segments.ts";

/** @throws Fault `unparseable` with the refusal's details */
export function planOf({ plan, parseError }: AutomationInput): Plan {
  if (plan !== null) return plan;
  const details = parseError?.details ?? [];
  throw new Fault("unparseable", UNPARSEABLE, {
    facts: { details },
    suggestion: details[0]?.suggestion ?? "Say what the agent should do in other words.",
  });
}

/** @throws Fault naming the step by its path, with what to do about it */
export async function check(
  input: AutomationInput,
  ws: number,
  plan: Plan,
  needs: ActionNeeds,
): Promise<void> {
  refuseUnbuiltSteps(plan);
  refuseNestedSearches(plan);
  const agent = await needs.agents.byNo(input.agentNo);
  if (agent === undefined || agent.deletedAt !== null) {
    throw new Fault("not_found", "The agent of this run was deleted.", { happened: "no" });
  }
  for (const { path, planStep } of walkPlan(plan)) {
    if (planStep.type !== "send_email") continue;
    await naming(path, () => templateFor({ params: planStep.params, scene: { ws, agent } }, needs));
  }
  await refuseUnknownUsers(plan, ws, agent.createdBy, needs);
}

function refuseUnbuiltSteps(plan: Plan): void {
  const [unbuilt] = refuseUnbuilt(plan);
  if (unbuilt === undefined) return;
  const { reason, suggestion } = explainUnbuilt(unbuilt);
  refuseAt(unbuilt.path, "action_not_built", reason, { suggestion });
}

/** A search begins a selection of its own, so it stands by itself, not inside a condition. */
function refuseNestedSearches(plan: Plan): void {
  for (const { path, planStep } of walkPlan(plan)) {
    if (!isSearch(planStep) || !path.includes(".")) continue;
    refuseAt(path, "action_not_built", "A search inside a condition is not built yet.", {
      suggestion: "Search first, then skip those that do not fit.",
    });
  }
}

async function refuseUnknownUsers(
  plan: Plan,
  ws: number,
  creator: Parameters<ActionNeeds["userRoles"]["missing"]>[2],
  { userRoles }: ActionNeeds,
): Promise<void> {
  const [missing] = await userRoles.missing(ws, usersIn(plan), creator);
  if (missing === undefined) return;
  const path = pathNaming(plan, missing);
  refuseAt(path, "user_not_found", `Cannot assign task to user ${missing}: user not found`, {
    suggestion: `Give the role "${missing}" to a member in the workspace's settings, or name somebody else.`,
  });
}

function pathNaming(plan: Plan, name: string): string {
  const found = [...walkPlan(plan)].findLast(({ planStep }) =>
    JSON.stringify(planStep.params).includes(name),
  );
  return found?.path ?? "1";
}

function refuseAt(step: string, code: FaultCode, message: string, options: FaultOptions): never {
  throw new Fault(code, message, { ...options, step, happened: "no" });
}

/** Says of a fault which step it is about. */
async function naming<Result>(step: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { suggestion } = error;
    throw new Fault(error.code, error.message, {
      step,
      ...(suggestion !== undefined && { suggestion }),
    });
  }
}
