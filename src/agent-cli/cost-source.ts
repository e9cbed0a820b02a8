import type { AgentEvent, CostSource } from "./events.ts";

/** Where the cost of a round is from: what is known of it counts for more than that something is not. */
export function costSourceAfter(
  before: CostSource | null,
  events: readonly AgentEvent[],
): CostSource | null {
  let source = before;
  for (const event of events) {
    if (event.type !== "cost") continue;
    if (event.source !== "unknown" || source === null) source = event.source;
  }
  return source;
}
