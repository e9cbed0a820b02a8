/** What everything that is asked of executions has in common: who may, under which key, and what is recorded of it. */
import { Fault } from "#domain/fault.ts";
import type { Begins } from "#drivers/automation/begin.ts";
import { type RequestKey, requestKey } from "#drivers/automation/request-key.ts";
import type { Engine } from "#engine/engine.ts";
import type { Store } from "#store/store.ts";
import type { Agent } from "#workspace/agent.ts";
import type { Agents } from "#workspace/agents.ts";
import type { Audit } from "#workspace/audit.ts";
import type { Entered } from "#workspace/workspaces.ts";

import type { Executions } from "./executions.ts";

export interface RunNeeds extends Begins {
  readonly engine: Engine;
  readonly store: Store;
  readonly executions: Executions;
  readonly agents: Agents;
  readonly audit: Audit;
}

/** The same key for something else is another key. */
export function keyed(
  key: string | undefined,
  asked: readonly string[],
  body?: unknown,
): RequestKey | undefined {
  return key === undefined ? undefined : requestKey([...asked, key], body);
}

export function hasEnded(id: string, state: string, what: string): Fault {
  return new Fault("conflict", `This execution is ${state}: it cannot be ${what}`, {
    facts: { executionId: id },
  });
}

export async function record(
  { audit }: Pick<RunNeeds, "audit">,
  { workspace, actor }: Entered,
  id: string,
  action: string,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await audit.record(workspace.no, {
    by: actor,
    action,
    target: { type: "execution", id, name: null },
    changes,
  });
}

const PAUSED_WHY: Readonly<Record<string, string>> = {
  user: "somebody paused it",
  breaker: "it reached its execution limit",
  emailLimit: "it reached its email limit",
  provider: "its provider refused to go on",
};

/** @throws Fault that says why not: `agent_paused`, or `forbidden` by the agent's own permission. */
export function demandMayRun({ role }: Pick<Entered, "role">, agent: Agent): void {
  const { name, status, pausedReason, manualRun } = agent;
  if (status === "paused") {
    const why = PAUSED_WHY[pausedReason ?? "user"] ?? "somebody paused it";
    throw new Fault("agent_paused", `Agent '${name}' is paused: ${why}`, {
      suggestion: "Resume it first",
      facts: { pausedReason },
    });
  }
  if (manualRun.some((allowed) => allowed === role)) return;
  const who =
    manualRun.length === 0 ? "nobody" : manualRun.map((allowed) => `${allowed}s`).join(" and ");
  throw new Fault("forbidden", `Your role here is ${role}; agent '${name}' may be run by ${who}`, {
    suggestion: "Ask one of them to run it, or an Admin to change who may",
  });
}
