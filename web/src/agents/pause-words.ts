import type { Agent, PAUSE_REASONS } from "#contract/shapes/agents.ts";

type Reason = (typeof PAUSE_REASONS)[number];

const PAUSED: Readonly<Record<Reason, string>> = {
  user: "Paused by a person: timers stand still, schedules and events are skipped.",
  breaker: "Paused: it reached its limit of executions a day.",
  emailLimit: "Paused: it reached its limit of emails a day.",
  provider: "Paused: its mail account does not work.",
};

/** Why an agent stands still and what that means; undefined while it does not. */
export function phrasePause({
  status,
  pausedReason,
}: Pick<Agent, "status" | "pausedReason">): string | undefined {
  if (status === "onHold") return "On hold: it goes on by itself when its limit resets.";
  if (status !== "paused") return undefined;
  return PAUSED[pausedReason ?? "user"];
}
