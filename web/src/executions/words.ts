/** An execution in words: what it is, why it began, the three facts beside it, how far it is. */
import type { Execution, ExecutionItem, TreeNode } from "#contract/shapes/executions.ts";

import { phraseMs, phraseWhen } from "../time/phrases.ts";
import type { Spent } from "../time/spent.ts";

type Item = ExecutionItem;

/** "Agent 'Outbound Campaign' (deleted)" stays readable when the agent is gone. */
export function titleOf({
  agent,
  label,
  kind,
  id,
}: Pick<Item, "agent" | "label" | "kind" | "id">): string {
  if (agent !== null) return agent.deleted ? `Agent '${agent.name}' (deleted)` : agent.name;
  if (label !== null) return label;
  return kind === "invocation" ? `Agent CLI …${id.slice(-8)}` : `${kind} ${id}`;
}

const TRIGGER_WORDS: Readonly<Record<Item["trigger"]["type"], string>> = {
  manual: "Run Now",
  scheduled: "Schedule",
  event: "Event",
  api: "API",
  parent: "Another execution",
  retry: "Retry",
};

export function phraseTriggered({ type, event, by }: Item["trigger"]): string {
  const what = event === null ? TRIGGER_WORDS[type] : event.replaceAll("_", " ");
  return by.type === "system" ? what : `${what} by ${by.name}`;
}

/** Beside every open execution: what it waits for, until when, who must act. */
export interface ThreeFacts {
  readonly waitsFor: string;
  readonly until: string | null;
  readonly who: string;
}

type Open = Pick<Item, "phase" | "waitsFor" | "blocked" | "resumeAt">;

export function threeFacts({ phase, waitsFor, blocked, resumeAt }: Open): ThreeFacts {
  if (blocked !== null) {
    return {
      waitsFor: `a version of Stint that knows step ${blocked}`,
      until: null,
      who: "whoever runs this server",
    };
  }
  if (waitsFor !== null) {
    const nobody =
      waitsFor.what === "signal" ? "whoever sends the answer" : "nobody: it goes on by itself";
    return {
      waitsFor: waitsFor.text,
      until: waitsFor.until ?? (waitsFor.what === "person" ? null : resumeAt),
      who: waitsFor.who ?? nobody,
    };
  }
  const isRunning = phase === "active";
  return { waitsFor: isRunning ? "nothing: it is running" : "nothing", until: null, who: "nobody" };
}

export function isOpen({ phase }: Pick<Item, "phase">): boolean {
  return phase === "pending" || phase === "active" || phase === "waiting";
}

/** "Step 12 of 20 completed", unless the server says more. */
export function phraseProgress({
  message,
  stepsDone,
  stepsTotal,
  phase,
}: Pick<Item, "message" | "stepsDone" | "stepsTotal" | "phase">): string | null {
  if (message !== null) return message;
  if (phase !== "active" || stepsTotal === null) return null;
  return `Step ${Math.min(stepsDone, stepsTotal)} of ${stepsTotal} completed`;
}

/** From 0 to 1; undefined where nobody knows how many steps there will be. */
export function partDone({
  stepsDone,
  stepsTotal,
  phase,
}: Pick<Item, "stepsDone" | "stepsTotal" | "phase">): number | undefined {
  if (phase === "succeeded") return 1;
  if (stepsTotal === null || stepsTotal === 0) return undefined;
  return Math.min(1, stepsDone / stepsTotal);
}

/** The one figure of a row: what it was busy; the parts are told on hover. */
export function phraseSpent({ activeMs, waitedMs, queuedMs }: Spent): string {
  if (activeMs === 0 && waitedMs === 0) return `queued ${phraseMs(queuedMs)}`;
  if (activeMs === 0) return `${phraseMs(waitedMs)} waited`;
  return waitedMs === 0
    ? phraseMs(activeMs)
    : `${phraseMs(activeMs)} + ${phraseMs(waitedMs)} waited`;
}

export function phraseParts({ queuedMs, activeMs, waitedMs }: Spent): string {
  return `${phraseMs(queuedMs)} queued · ${phraseMs(activeMs)} active · ${phraseMs(waitedMs)} waited`;
}

/** The chip of an execution that waits for a time: "Waiting until 26 Nov, 09:00". */
export function phraseUntil(until: string, moment: (at: number) => string, now: number): string {
  const at = Date.parse(until);
  return at <= now ? "Due now" : `Waiting until ${moment(at)} (${phraseWhen(at, now)})`;
}

/** "Agent failed at step 2"; of what is no agent's, "Execution failed". */
export function phraseFailed(
  kind: Execution["kind"],
  { step }: Pick<NonNullable<Execution["error"]>, "step">,
): string {
  const who = kind === "automation" ? "Agent" : "Execution";
  return step === null ? `${who} failed` : `${who} failed at step ${step}`;
}

type Used = Pick<TreeNode, "own" | "total" | "children" | "more">;

/** "1 step" of its own; of one with others under it also what all of them came to. */
export function phraseNodeUsage({ own, total, children, more }: Used): string {
  if (children === 0) return phraseUsage(own);
  const all = `${phraseUsage(total)} in ${total.executions} executions`;
  return `${phraseUsage(own)}, ${more ? "at least " : ""}${all} in all`;
}

function phraseUsage({ steps, cost, costUnknown, tokens }: Used["own"]): string {
  const done = steps === 1 ? "1 step" : `${steps} steps`;
  if (tokens === null) return done;
  if (cost === null) return `${done}, cost not known`;
  return `${done}, $${cost}${costUnknown === 0 ? "" : ` (${costUnknown} not known)`}`;
}
