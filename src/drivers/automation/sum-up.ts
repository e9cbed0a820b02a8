/** What the journeys of an execution came to, and what that means for it. */
import type { KeptFault } from "#domain/fault.ts";
import type { Conclusion } from "#engine/execution-end.ts";
import type { LaneEnd } from "#engine/program.ts";

import type { Count } from "./count.ts";
import type { AutomationOutput, JourneyOutput } from "./input.ts";

/** Skipped and stopped journeys count as through. */
export const isThrough = ({ state }: LaneEnd<unknown>): boolean =>
  state === "completed" || state === "skipped";

export function sumUp(total: Count, ends: readonly LaneEnd<JourneyOutput>[]): AutomationOutput {
  for (const end of ends) {
    if (end.again !== undefined) continue;
    const output = end.state === "canceled" ? undefined : (end.output as JourneyOutput | undefined);
    if (output !== undefined) total.merge(output);
  }
  const failed = ends.find((end) => end.state === "failed");
  const through = ends.filter(isThrough).length;
  const failure = failed?.fault;
  return {
    ...total.output(),
    journeys: ends.length,
    through,
    ...(failure !== undefined && { failure }),
  };
}

/** Completed if at least one got through; failed if there were journeys and none did (3.5-7). */
export function conclude(output: AutomationOutput): Conclusion {
  const { figures, warnings, journeys, through, failure, stoppedBy } = output;
  const counts = { figures, warnings };
  if (stoppedBy !== undefined) return { ...counts, fault: stoppedBy };
  if (journeys === 0 || through > 0 || failure === undefined) return counts;
  return { ...counts, fault: journeys === 1 ? failure : allFailed(failure, journeys) };
}

function allFailed(first: KeptFault, journeys: number): KeptFault {
  return { ...first, message: `None of ${journeys} got through. The first: ${first.message}` };
}
