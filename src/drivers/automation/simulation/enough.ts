import type { Supposing } from "../supposing.ts";
/** How many of those that each search finds are walked. */
import type { Simulated } from "./asked.ts";

export interface Enough {
  readonly take: Supposing["enough"];
  readonly selections: Simulated["selections"];
}

/** @param most for all searches of one walk together */
export function openEnough(most: number): Enough {
  const selections: Simulated["selections"] = [];
  let left = most;
  return {
    selections,
    take: (found) => {
      const ids = found.ids.slice(0, left);
      left -= ids.length;
      selections.push({ type: found.entity, found: found.ids.length, walked: ids.length });
      return { ...found, ids };
    },
  };
}
