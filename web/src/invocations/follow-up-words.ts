/** Whether a follow-up can be sent, and why not. */
import type { Invocation } from "#contract/shapes/invocations.ts";

import type { Permission } from "../session/permission.ts";
import { isCommand } from "./words.ts";

type Asked = Pick<Invocation, "status" | "cli" | "session" | "outcome">;

export function whyNoFollowUp(invocation: Asked, permission: Permission): string | null {
  const { status, session } = invocation;
  if (isCommand(invocation)) return "A command has no session to go on with. Start it again.";
  if (!permission.allowed) return permission.reason;
  if (status === "idle") return "It has not started yet. Once it is done you can send a follow-up.";
  if (status === "running") return "It is working. Once it is done you can send a follow-up.";
  if (session === null)
    return "Its Agent CLI never told a session, so there is none to go on with.";
  return null;
}
