import type { PlanStep } from "#domain/plan.ts";

/**
 * A search whose findings nothing is done with before the next one replaces them: "For our dormant accounts: find contacts …". Who was
 * meant first would be lost, so the text is refused.
 */
export function findIdleSearch(steps: readonly PlanStep[]): PlanStep | undefined {
  let search: PlanStep | undefined;
  for (const planStep of steps) {
    if (planStep.type.startsWith("search_")) {
      if (search !== undefined) return search;
      search = planStep;
    } else if (planStep.type !== "skip") {
      search = undefined;
    }
    const inner = planStep.type === "if" ? findInside(planStep) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

type If = Extract<PlanStep, { readonly type: "if" }>;

function findInside({ then, else: other = [] }: If): PlanStep | undefined {
  return findIdleSearch(then) ?? findIdleSearch(other);
}
