/** An execution as one line that grows. */
import type { Execution } from "#contract/shapes/executions.ts";

import { statusOf } from "./telling/status.ts";

/** What the line needs of an execution. */
export type Going = Pick<
  Execution,
  | "kind"
  | "phase"
  | "pausedBy"
  | "status"
  | "message"
  | "stepsDone"
  | "stepsTotal"
  | "steps"
  | "summary"
  | "error"
  | "id"
>;

const FULL = "█";
const EMPTY = "░";
const WIDTH = 20;

function bar(share: number, width: number = WIDTH): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return FULL.repeat(full) + EMPTY.repeat(width - full);
}

/** How much is done: whole steps, and of the step under way the contacts that are through it. */
function shareDone({ stepsDone, stepsTotal, steps }: Going): number {
  const total = stepsTotal ?? steps.length;
  if (total === 0) return 0;
  const current = steps.find(
    ({ status }) => status === "running" || status === "waiting",
  )?.progress;
  const within =
    current === null || current === undefined || current.total === 0
      ? 0
      : current.done / current.total;
  return (stepsDone + within) / total;
}

export function phraseProgress(execution: Going): string {
  const { status, message, stepsDone, stepsTotal, steps } = execution;
  if (message !== null) return message;
  if (status === "queued") return "Agent is queued...";
  const total = stepsTotal ?? steps.length;
  return total === 0 ? "Agent is running..." : `Step ${Math.min(stepsDone + 1, total)} of ${total}`;
}

/** @param columns as wide as the terminal: a longer line could not be drawn over */
export function drawProgress(execution: Going, columns: number): string {
  const share = shareDone(execution);
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  const line = `${bar(share)} ${percent}  ${phraseProgress(execution)}`;
  return line.length < columns ? line : `${line.slice(0, Math.max(0, columns - 2))}…`;
}

export function phraseEnd(ended: Going): readonly string[] {
  const { summary, error, id, kind } = ended;
  const who = kind === "automation" ? "Agent" : "Execution";
  const status = statusOf(ended);
  if (status === "completed" || status === "succeeded") {
    const what = summary === null ? "" : ` ${summary}.`;
    return [`${who} completed successfully.${what}`, `  stint executions show ${id}`];
  }
  if (status !== "failed" || error === null)
    return [`Execution ${status}.`, `  stint executions show ${id}`];
  const where = error.step === null ? "" : ` (step ${error.step})`;
  const hint = error.suggestion === null ? [] : [`  ${error.suggestion}`];
  return [`${who} failed: ${error.message}${where}`, ...hint, `  stint executions show ${id}`];
}
