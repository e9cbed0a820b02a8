import type { Execution } from "#contract/shapes/executions.ts";

/** What is not known is told beside what is. */
export function phraseCost({ cost, costUnknown }: Pick<Execution, "cost" | "costUnknown">): string {
  if (cost === null) return "cost not known";
  return `$${cost}${costUnknown === 0 ? "" : ` (${costUnknown} not known)`}`;
}
