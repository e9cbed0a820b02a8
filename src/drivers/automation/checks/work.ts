import { needsEntity, segmentsOf } from "../segments.ts";
import type { Check } from "./asked.ts";
import { eventEntity, isScheduled } from "./steps.ts";

const SUGGESTION = "Begin the instructions with a search, or run the agent for chosen contacts.";

/** A plan that works on somebody says on whom: by a search, an event or the filter of Run Now. */
export const somethingToWorkOn: Check = ({ plan, agent, running }) => {
  if (running !== undefined) return []; // the run looks itself
  const [first] = segmentsOf(plan);
  if (first === undefined || first.search !== undefined) return [];
  const needing = first.steps.find((step) => needsEntity([step]));
  if (needing === undefined) return [];
  const begins = { plan, triggers: agent.triggers };
  if (eventEntity(begins) !== undefined) return [];
  if (agent.triggers.some((one) => one.type === "manual" && one.target !== undefined)) return [];
  const path = String(needing.index + 1);
  const found = { path, code: "nothing_to_work_on", suggestion: SUGGESTION } as const;
  if (isScheduled(begins)) {
    const message = "A schedule would start this with nobody to work on.";
    return [{ ...found, severity: "error", message }];
  }
  const message = "The plan does not say on whom it works: Run Now will ask.";
  return [{ ...found, severity: "warning", message }];
};
