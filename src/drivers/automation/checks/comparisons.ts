import type { Entity } from "#domain/catalogue.ts";
import { conditionOf, type Comparison, type Condition, type Trigger } from "#domain/plan.ts";

import { isSearch } from "../segments.ts";
import type { Case, Placed } from "./asked.ts";
import { SPOKEN_OF } from "./steps.ts";

/** A comparison with the step that asks it; `entity` is whose fields a bare name means. */
export interface Placing extends Pick<Placed, "path" | "entity"> {
  readonly comparison: Comparison;
}

/** Every comparison of a plan, that of its trigger first. */
export function comparisonsIn({ plan, steps, agent }: Case): readonly Placing[] {
  const first = triggerConditions([plan.trigger ?? [], agent.triggers].flat());
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

type Triggers = readonly (Trigger | Case["agent"]["triggers"][number])[];

/** What starts it, where the text or the editor says so with a condition; the same said twice counts once. */
function triggerConditions(
  triggers: Triggers,
): readonly (Pick<Placing, "path" | "entity"> & { readonly condition: Condition })[] {
  const found = triggers.flatMap((trigger) => {
    const of = asksOf(trigger);
    return of?.condition === undefined ? [] : [{ path: "trigger", ...of, condition: of.condition }];
  });
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

function asksOf(
  trigger: Triggers[number],
): { readonly entity: Entity; readonly condition?: Condition | undefined } | undefined {
  if (trigger.type === "manual") return trigger.target;
  if (trigger.type === "schedule") return undefined;
  return { entity: SPOKEN_OF[trigger.event], condition: trigger.condition };
}

function flatten(condition: Condition): readonly Comparison[] {
  if ("not" in condition) return flatten(condition.not);
  if ("all" in condition) return condition.all.flatMap(flatten);
  if ("any" in condition) return condition.any.flatMap(flatten);
  return [condition];
}
