/** Whether a follow-up can be sent, and why not. A plain command has no session, and no place to write one. */
import type { Invocation } from "#contract/shapes/invocations.ts";

import type { Permission } from "../session/permission.ts";

type Asked = Pick<Invocation, "status" | "session" | "questions">;

/** What it has cost and may cost, where that leaves nothing for a further round; null: there is something left. */
export function phraseUsedUp({ cost, limits }: Pick<Invocation, "cost" | "limits">): string | null {
  if (cost === null || limits.cost === undefined || Number(cost) < Number(limits.cost)) return null;
  return `It has cost $${cost} and may cost $${limits.cost}, all rounds together. To go on, let it cost more.`;
}

export function whyNoFollowUp(
  { status, session, questions }: Asked,
  permission: Permission,
): string | null {
  if (!permission.allowed) return permission.reason;
  if (status === "idle") return "It has not started yet. Once it is done you can send a follow-up.";
  if (questions.length > 0) return "It waits for your answer above.";
  if (status === "running") return "It is working. Once it is done you can send a follow-up.";
  if (session === null)
    return "Its Agent CLI never told a session, so there is none to go on with.";
  return null;
}
