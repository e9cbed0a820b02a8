import type { ExecutionItem } from "#contract/shapes/executions.ts";

/** How it stands, in one word. An invocation's `completed` does not say how it ended; its phase does. */
export function statusOf({
  kind,
  status,
  phase,
  pausedBy,
}: Pick<ExecutionItem, "kind" | "status" | "phase" | "pausedBy">): string {
  if (pausedBy !== null) return "paused";
  return kind === "invocation" && status === "completed" ? phase : status;
}
