/** What the page says of a run that somebody started by hand. People and their scripts know these words. */
import type { ExecutionItem } from "#contract/shapes/executions.ts";

export const RUNNING = "Agent is running...";

export type RunTold = {
  readonly tone: "teal" | "green" | "orange" | "red" | "violet" | "gray";
  readonly text: string;
  readonly link: "View Execution Log" | "View Error Log";
  readonly canRetry: boolean;
  /** Nothing more is to be told. */
  readonly isOver: boolean;
};

type Told = Pick<ExecutionItem, "phase" | "message" | "summary" | "error" | "warnings">;

export function tellRun(item: Told): RunTold {
  const log = { link: "View Execution Log", canRetry: false } as const;
  switch (item.phase) {
    case "pending":
    case "active":
      return { ...log, tone: "teal", text: item.message ?? RUNNING, isOver: false };
    case "waiting":
      return { ...log, tone: "violet", text: item.message ?? "Agent waits.", isOver: true };
    case "succeeded":
      return {
        ...log,
        tone: item.warnings > 0 ? "orange" : "green",
        text: tellSuccess(item),
        isOver: true,
      };
    case "failed":
      return {
        tone: "red",
        text: `Agent failed: ${item.error?.message ?? "see its log"}`,
        link: "View Error Log",
        canRetry: true,
        isOver: true,
      };
    case "canceled":
      return { ...log, tone: "gray", text: "The execution was canceled.", isOver: true };
    case "skipped":
      return {
        ...log,
        tone: "gray",
        text: item.message ?? "The execution was skipped.",
        isOver: true,
      };
  }
}

function tellSuccess({ summary, warnings }: Told): string {
  const warned = warnings === 0 ? "" : ` ${warnings === 1 ? "1 warning" : `${warnings} warnings`}.`;
  return `Agent completed successfully.${summary === null ? "" : ` ${asSentences(summary)}`}${warned}`;
}

/** "Processed 5 contacts, sent 5 emails" → "Processed 5 contacts. Sent 5 emails." */
function asSentences(summary: string): string {
  const [first = "", ...rest] = summary.split(", ");
  const more = rest.join(", ");
  return more === "" ? `${first}.` : `${first}. ${more.charAt(0).toUpperCase()}${more.slice(1)}.`;
}
