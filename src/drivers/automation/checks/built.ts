import { explainUnbuilt, refuseUnbuilt } from "#domain/catalogue.ts";

import { isSearch } from "../segments.ts";
import type { Check } from "./asked.ts";

export const unbuiltActions: Check = ({ plan }) =>
  refuseUnbuilt(plan).map((step) => {
    const { reason: message, suggestion } = explainUnbuilt(step);
    return { path: step.path, severity: "error", code: "action_not_built", message, suggestion };
  });

/** A search begins a selection of its own, so it stands by itself, not inside a condition. */
export const nestedSearches: Check = ({ steps }) =>
  steps
    .filter(({ path, planStep }) => isSearch(planStep) && path.includes("."))
    .map(({ path }) => ({
      path,
      severity: "error",
      code: "action_not_built",
      message: "A search inside a condition is not built yet.",
      suggestion: "Search first, then skip those that do not fit.",
    }));
