/** Which errors are shown, as the address holds it. */
import { ERROR_STATES, type ErrorState } from "#contract/shapes/error-groups.ts";
import { DATE_RANGES, type DateRange } from "#contract/shapes/executions.ts";

import { readSearch } from "../shell/search.ts";

export interface ErrorFilter {
  /** Left out: those that are open. */
  readonly state?: Exclude<ErrorState, "open"> | undefined;
  /** Left out: the last 30 days. */
  readonly range?: Exclude<DateRange, "30d"> | undefined;
}

/** Reads an address; what it does not understand of it is left out. */
export function readErrorFilter(search: Readonly<Record<string, unknown>>): ErrorFilter {
  const { state, range } = readSearch("state", "range")(search);
  return filterOf(
    ERROR_STATES.find((one) => one === state) ?? "open",
    DATE_RANGES.find((one) => one === range) ?? "30d",
  );
}

export function filterOf(state: ErrorState, range: DateRange): ErrorFilter {
  return {
    ...(state === "open" ? {} : { state }),
    ...(range === "30d" ? {} : { range }),
  };
}

export interface ShownErrors {
  readonly state: ErrorState;
  readonly dateRange: DateRange;
}

export function shownBy({ state, range }: ErrorFilter): ShownErrors {
  return { state: state ?? "open", dateRange: range ?? "30d" };
}
