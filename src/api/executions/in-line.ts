/** What an execution that never began waits for, in words. */
import type { WaitsFor } from "#contract/shapes/executions.ts";
import type { InLine } from "#engine/limits/why.ts";

import { showTime } from "../times.ts";

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
  if (until === null) {
    const text = "its agent to be resumed, or its limits to be raised";
    return { what: "limit", text, until: null, who: "whoever may change the agent" };
  }
  const text = `its agent's limit of ${rate.most} executions a minute`;
  return { what: "limit", text, until: showTime(until), who: null };
}
