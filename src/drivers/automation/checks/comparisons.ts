import { conditionOf, type Comparison, type Condition } from "#domain/plan.ts";

import { isSearch } from "../segments.ts";
import type { Case, Placed } from "./asked.ts";
import { eventEntity } from "./steps.ts";

/** A comparison with the step that asks it; `entity` is whose fields a bare name means. */
export interface Placing extends Pick<Placed, "path" | "entity"> {
  readonly comparison: Comparison;
}

/** Every comparison of a plan, that of its trigger first. */
export function comparisonsIn({ plan, steps, agent }: Case): readonly Placing[] {
  const { trigger } = plan;
  const onEvent = trigger?.type === "event" ? trigger.condition : undefined;
  const entity = eventEntity({ plan, triggers: agent.triggers }) ?? "contact";
  const first = onEvent === undefined ? [] : [{ path: "trigger", entity, condition: onEvent }];
  const later = steps.flatMap(({ path, entity: of, planStep }) => {
    const condition = isSearch(planStep)
      ? conditionOf(planStep.params)
      : planStep.type === "if" || planStep.type === "skip"
        ? planStep.params
        : undefined;
    return condition === undefined ? [] : [{ path, entity: of, condition }];
  });
  return [...first, ...later].flatMap(({ condition, ...place }) =>
    flatten(condition).map((comparison) => ({ ...place, comparison })),
  );
}

function flatten(condition: Condition): readonly Comparison[] {
  if ("not" in condition) return flatten(condition.not);
  if ("all" in condition) return condition.all.flatMap(flatten);
  if ("any" in condition) return condition.any.flatMap(flatten);
  return [condition];
}
