/** What the trigger that the words name is to the triggers that the agent has. */
import type { Agent } from "#contract/shapes/agents.ts";
import { type NamedTrigger, type Trigger, withoutSpan } from "#domain/plan.ts";

import { phraseTrigger } from "./plan-words.ts";

export type AgentTrigger = Agent["triggers"][number];

export interface TriggerOffer {
  /** What the words say: "Every Monday at 08:00". */
  readonly words: string;
  /** `used`: the agent starts so. `open`: nothing starts it yet. `differs`: it starts in another way. */
  readonly state: "used" | "open" | "differs";
  /** What starts it instead, where it differs. */
  readonly instead: string;
  /** What the button says that takes the words' trigger over. */
  readonly act: string;
}

type Starting = Exclude<AgentTrigger, { type: "manual" }>;
const isStarting = (trigger: AgentTrigger): trigger is Starting => trigger.type !== "manual";

export function offerTrigger(named: Trigger, own: readonly AgentTrigger[]): TriggerOffer {
  const starting = own.filter(isStarting);
  const words = phraseTrigger(named);
  const used = starting.some((trigger) => isSameTrigger(trigger, named));
  const what = named.type === "schedule" ? "schedule" : "trigger";
  return {
    words,
    state: used ? "used" : starting.length === 0 ? "open" : "differs",
    instead: starting.map((trigger) => phraseTrigger(trigger)).join("; "),
    act: `Use this ${what}: ${words.charAt(0).toLowerCase()}${words.slice(1)}`,
  };
}

/** The words' trigger in place of what started the agent by itself; how a person starts it stays. */
export function takeTrigger(
  named: NamedTrigger,
  own: readonly AgentTrigger[],
): readonly AgentTrigger[] {
  const byHand = own.filter((trigger) => !isStarting(trigger));
  const taken = withoutSpan(named);
  return [...byHand, taken.type === "schedule" ? { ...taken, missed: "runOnce" } : taken];
}

function isSameTrigger(own: Starting, named: Trigger): boolean {
  if (own.type === "schedule") return named.type === "schedule" && own.cron === named.cron;
  return (
    named.type === "event" &&
    own.event === named.event &&
    JSON.stringify(own.condition) === JSON.stringify(named.condition)
  );
}
