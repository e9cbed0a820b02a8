/** How an invocation looks: its status, and once it is completed its outcome. */
import type { InvocationItem } from "#contract/shapes/invocations.ts";

import type { Look } from "./looks.ts";

type Ended = NonNullable<InvocationItem["outcome"]>;
export type InvocationState = Exclude<InvocationItem["status"], "completed"> | Ended;

export const INVOCATION_LOOKS: Readonly<Record<InvocationState, Look>> = {
  idle: { word: "Idle", icon: "pending", tone: "grey" },
  running: { word: "Running", icon: "active", tone: "blue" },
  succeeded: { word: "Succeeded", icon: "check", tone: "green" },
  failed: { word: "Failed", icon: "cross", tone: "red" },
  interrupted: { word: "Interrupted", icon: "warning", tone: "red" },
  canceled: { word: "Canceled", icon: "stop", tone: "slate" },
};

const ASKS: Look = { word: "Asks", icon: "question", tone: "amber" };

export function lookOfInvocation({
  status,
  outcome,
  questions,
}: Pick<InvocationItem, "status" | "outcome" | "questions">): Look {
  if (questions.length > 0) return ASKS;
  if (status !== "completed") return INVOCATION_LOOKS[status];
  return outcome === null
    ? { word: "Completed", icon: "question", tone: "grey" }
    : INVOCATION_LOOKS[outcome];
}
