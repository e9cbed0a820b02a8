import type { ParseDetail, PlanStep, Trigger } from "#domain/plan.ts";

import { findIdleSearch } from "./idle-searches.ts";

/** One way in which a plan would do nothing of what was said. */
interface Idle extends Omit<ParseDetail, "text"> {
  /** The step that does nothing, or behind which nothing is done. */
  readonly find: (steps: readonly PlanStep[], trigger: Trigger | undefined) => PlanStep | undefined;
}

const IDLE: readonly Idle[] = [
  {
    find: findEmptyIf,
    reason: "The condition has nothing to do behind it",
    suggestion: "Say what is to happen, such as: If they replied, notify me",
  },
  {
    find: findFirstStop,
    reason: "It stops before anything is done",
    suggestion: "Say when it is to stop, such as: If they reply, stop",
  },
  {
    find: findIdleSearch,
    reason: "Nothing is done with what this finds before something else is searched for",
    suggestion: "Say it in one search, such as: find active contacts in London who replied",
  },
];

/** The first words of which nothing would come, with why. */
export function findIdle(
  text: string,
  steps: readonly PlanStep[],
  trigger: Trigger | undefined,
): ParseDetail | undefined {
  for (const { find, reason, suggestion } of IDLE) {
    const step = find(steps, trigger);
    if (step === undefined) continue;
    return { text: text.slice(step.span?.start, step.span?.end), reason, suggestion };
  }
  return undefined;
}

function findEmptyIf(steps: readonly PlanStep[]): PlanStep | undefined {
  for (const planStep of steps) {
    if (planStep.type !== "if") continue;
    if (planStep.then.length === 0 || planStep.else?.length === 0) return planStep;
    const inner = findEmptyIf(planStep.then) ?? findEmptyIf(planStep.else ?? []);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** "Stop on reply. Find …": what was to end the work has become what begins it. */
function findFirstStop(
  [first, second]: readonly PlanStep[],
  trigger: Trigger | undefined,
): PlanStep | undefined {
  const isFirst = first?.type === "stop" && second !== undefined;
  return isFirst && trigger?.type === "event" ? first : undefined;
}
