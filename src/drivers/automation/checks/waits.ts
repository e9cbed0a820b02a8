import { refuseWait } from "#domain/durations.ts";

import type { Check } from "./asked.ts";

/** However a plan was made, no wait of it is longer than 90 days. */
export const waits: Check = ({ steps }) =>
  steps.flatMap(({ path, planStep }) => {
    const length =
      planStep.type === "wait"
        ? planStep.params.duration
        : planStep.type === "handoff"
          ? planStep.params.timeout
          : undefined;
    const message = length === undefined ? undefined : refuseWait(length);
    if (message === undefined) return [];
    const suggestion = "Wait for at most 90 days, or let another agent go on from there.";
    return [{ path, severity: "error", code: "wait_invalid", message, suggestion }];
  });
