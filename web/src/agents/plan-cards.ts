/** The cards of a plan, in the order of the text, each with its depth and its words. */
import { entryOf } from "#domain/catalogue.ts";
import type { Plan, PlanStep, Span } from "#domain/plan.ts";

import { describeStep, type Line } from "./plan-words.ts";
import type { KeyedSpan } from "./spans.ts";

export interface PlanCard {
  /** The path by which the log names the step: `3.then.1`. */
  readonly path: string;
  readonly depth: number;
  /** "Then" or "Otherwise" before the first step of a branch. */
  readonly branch: string | undefined;
  readonly type: PlanStep["type"];
  readonly label: string;
  readonly lines: readonly Line[];
  readonly span: Span | undefined;
  readonly isBuilt: boolean;
}

export function cardsOf(plan: Pick<Plan, "steps">): readonly PlanCard[] {
  return cardsOfSteps(plan.steps, "", 0, undefined);
}

function cardsOfSteps(
  steps: readonly PlanStep[],
  prefix: string,
  depth: number,
  branch: string | undefined,
): readonly PlanCard[] {
  return steps.flatMap((planStep, index) => {
    const path = prefix === "" ? String(index + 1) : `${prefix}.${index + 1}`;
    const { label, built } = entryOf(planStep.type);
    const card: PlanCard = {
      path,
      depth,
      branch: index === 0 ? branch : undefined,
      type: planStep.type,
      label,
      lines: describeStep(planStep),
      span: planStep.span,
      isBuilt: built,
    };
    if (planStep.type !== "if") return [card];
    return [
      card,
      ...cardsOfSteps(planStep.then, `${path}.then`, depth + 1, "Then"),
      ...cardsOfSteps(planStep.else ?? [], `${path}.else`, depth + 1, "Otherwise"),
    ];
  });
}

export function spansOf(cards: readonly PlanCard[]): readonly KeyedSpan[] {
  return cards.flatMap(({ path, span }) => (span === undefined ? [] : [{ key: path, ...span }]));
}
