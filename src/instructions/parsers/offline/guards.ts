import type { Trigger } from "#domain/plan.ts";

import { readCondition } from "./conditions/expression.ts";
import { joinAll } from "./conditions/scope.ts";
import { matchAt, pattern } from "./pattern.ts";
import type { Kind } from "./readers/fields.ts";
import type { Walk } from "./walk.ts";

const GUARD = pattern("[only|and] condition|conditions|filter|filters|criteria|where [is|are] :");

/** "Event: deal updated. Condition: value > 10k.": the condition is the event's. */
export function passGuard(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const { trigger } = reading;
  const match = matchAt(source, at, GUARD);
  if (match === undefined || trigger?.type !== "event" || reading.builder.last() !== undefined)
    return false;
  const said = readCondition(source, match.next, { subject: subjectOf(trigger), isLoose: true });
  if (said === undefined) return false;
  const condition =
    trigger.condition === undefined ? said.value : joinAll([trigger.condition, said.value]);
  reading.trigger = { ...trigger, condition };
  walk.at = said.next;
  return true;
}

function subjectOf({ event }: Extract<Trigger, { type: "event" }>): Kind {
  return event.startsWith("deal") ? "deal" : "contact";
}
