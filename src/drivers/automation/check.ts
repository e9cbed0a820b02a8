/** What can be known to go wrong is found before anything has happened; the step that it is about fails. */
import type { ActionNeeds } from "#actions/needs.ts";
import type { PlanProblem } from "#contract/shapes/plan-problems.ts";
import { Fault, type FaultCode } from "#domain/fault.ts";
import { type Plan, UNPARSEABLE } from "#domain/plan.ts";

import { problemsOf } from "./checks/problems.ts";
import type { AutomationInput } from "./input.ts";

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
  const agent = await needs.agents.byNo(input.agentNo);
  if (agent === undefined || agent.deletedAt !== null) {
    throw new Fault("not_found", "The agent of this run was deleted.", { happened: "no" });
  }
  const { zone, memoryLasts, context, target } = input;
  const running = { entity: context?.entity ?? target?.entity ?? null };
  const set = { ...agent, memory: { lasts: memoryLasts }, reenrolment: input.reenrolment };
  const problems = await problemsOf({ ws, zone, plan, agent: set, running }, needs);
  refuseErrors(problems);
}

/** @throws Fault for the first of the errors; a warning keeps nothing */
export function refuseErrors(problems: readonly PlanProblem[], facts = {}): void {
  const first = problems.find(({ severity }) => severity === "error");
  if (first === undefined) return;
  const { path, code, message, suggestion } = first;
  throw new Fault(FAULTS[code] ?? "invalid", message, {
    step: path,
    happened: "no",
    facts,
    ...(suggestion !== null && { suggestion }),
  });
}

const FAULTS: Readonly<Partial<Record<PlanProblem["code"], FaultCode>>> = {
  action_not_built: "action_not_built",
  template_not_found: "template_not_found",
  user_not_found: "user_not_found",
  nothing_to_work_on: "nothing_to_work_on",
};
