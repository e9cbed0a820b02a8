/** When an agent runs by itself, in words. */
import type { Agent } from "#contract/shapes/agents.ts";

import { phraseTrigger } from "./plan-words.ts";

type Triggered = Pick<Agent, "triggers" | "plan" | "status">;

/** A draft tells what it would adopt from its text; triggers that it has win over that. */
export function phraseNext({ triggers, plan, status }: Triggered): string {
  const own = triggers.flatMap((trigger) =>
    trigger.type === "manual" ? [] : [phraseTrigger(trigger)],
  );
  const named =
    own.length > 0 ? own : plan?.trigger === undefined ? [] : [phraseTrigger(plan.trigger)];
  if (named.length === 0) return "By hand";
  const text = named.join("; ");
  return status === "live" ? text : `${text} (once live)`;
}
