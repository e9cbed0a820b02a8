import type { PlanStep } from "#domain/plan.ts";

/**
 * "Skip if they replied": whoever matches leaves the selection, which is a skip and not an if around a stop. Where something else
 * is done for the others, the if stays.
 */
export function foldSkips(steps: readonly PlanStep[], text: string): readonly PlanStep[] {
  return steps.map((planStep): PlanStep => {
    if (planStep.type !== "if") return planStep;
    const [first, ...more] = planStep.then;
    const isAlone = more.length === 0 && planStep.else === undefined;
    if (isAlone && first?.type === "stop" && isSkipping(first, text)) {
      const { params, span } = planStep;
      return span === undefined ? { type: "skip", params } : { type: "skip", params, span };
    }
    const then = [...foldSkips(planStep.then, text)];
    if (planStep.else === undefined) return { ...planStep, then };
    return { ...planStep, then, else: [...foldSkips(planStep.else, text)] };
  });
}

const SKIPPING =
  /^(?:please |just )*(?:skip|ignore|exclude|disregard|leave (?:them|it|him|her) out)/i;

function isSkipping({ span }: PlanStep, text: string): boolean {
  return SKIPPING.test(text.slice(span?.start, span?.end));
}
