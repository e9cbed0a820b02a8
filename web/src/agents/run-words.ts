/** What the page says of a run that somebody started by hand. People and their scripts know these words. */
import type { ExecutionItem } from "#contract/shapes/executions.ts";
import type { Phase } from "#domain/kinds.ts";

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

const LOG = { link: "View Execution Log", canRetry: false } as const;
const OVER = { ...LOG, isOver: true } as const;

const running = ({ message }: Told): RunTold => ({
  ...LOG,
  tone: "teal",
  text: message ?? RUNNING,
  isOver: false,
});

const TELL: Readonly<Record<Phase, (item: Told) => RunTold>> = {
  pending: running,
  active: running,
  waiting: ({ message }) => ({ ...OVER, tone: "violet", text: message ?? "Agent waits." }),
  succeeded: (item) => ({
    ...OVER,
    tone: item.warnings > 0 ? "orange" : "green",
    text: tellSuccess(item),
  }),
  failed: ({ error }) => ({
    tone: "red",
    text: `Agent failed: ${error?.message ?? "see its log"}`,
    link: "View Error Log",
    canRetry: true,
    isOver: true,
  }),
  canceled: () => ({ ...OVER, tone: "gray", text: "The execution was canceled." }),
  skipped: ({ message }) => ({
    ...OVER,
    tone: "gray",
    text: message ?? "The execution was skipped.",
  }),
};

export function tellRun(item: Told): RunTold {
  return TELL[item.phase](item);
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
