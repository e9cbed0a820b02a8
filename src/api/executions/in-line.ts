/** What an execution that never began waits for, in words. */
import type { WaitsFor } from "#contract/shapes/executions.ts";
import type { InLine } from "#engine/limits/why.ts";

import { showTimeOr } from "../times.ts";

const PLACES = {
  engine: "a free place",
  turn: "a free place",
  workspace: "a free place in its workspace",
  agent: "another execution of its agent to end",
} as const;

export function showInLine(inLine: InLine): WaitsFor {
  if (inLine.for !== "rate")
    return { what: "queue", text: PLACES[inLine.for], until: null, who: null };
  const { rate, until } = inLine;
  const text =
    until === null
      ? "its agent to be resumed, or its limits to be raised"
      : `its agent's limit of ${rate.most} executions a minute`;
  return { what: "limit", text, until: showTimeOr(until), who: null };
}
