/**
 * Run Now, cancel, retry: what a person or a program asks of executions. Who may, and whether it can be now, is asked
 * here in the order in which a person would; the engine's guard has the last word on "already running".
 */
import type { z } from "zod";

import type { executeSchema, targetSchema } from "#contract/shapes/agents.ts";
import { Fault } from "#domain/fault.ts";
import type { ExecutionId } from "#domain/id.ts";
import { AUTOMATION } from "#drivers/automation/automation.ts";
import type { Begins } from "#drivers/automation/begin.ts";
import { contextOf } from "#drivers/automation/context.ts";
import type { AutomationInput } from "#drivers/automation/input.ts";
import { type RequestKey, requestKey } from "#drivers/automation/request-key.ts";
import { needsEntity, segmentsOf } from "#drivers/automation/segments.ts";
import type { Engine } from "#engine/engine.ts";
import type { Store } from "#store/store.ts";
import { writeBy } from "#workspace/actor.ts";
import type { Agent } from "#workspace/agent.ts";
import type { Agents } from "#workspace/agents.ts";
import type { Audit } from "#workspace/audit.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { hasEnded, record } from "./acting.ts";
import type { Executions } from "./executions.ts";
import { demandNamed } from "./named.ts";
import { openPausing, type Pausing } from "./pausing.ts";

type Target = z.output<typeof targetSchema>;
type Context = z.output<typeof executeSchema>;
type WorkOn = Pick<AutomationInput, "context" | "target" | "form">;

export interface RunNeeds extends Begins {
  readonly engine: Engine;
  readonly store: Store;
  readonly executions: Executions;
  readonly agents: Agents;
  readonly audit: Audit;
}

export interface Runs extends Pausing {
  readonly trigger: (
    entered: Entered,
    agent: Agent,
    target: Target | undefined,
    key?: string,
  ) => Promise<ExecutionId>;
  readonly execute: (
    entered: Entered,
    agent: Agent,
    context: Context,
    key?: string,
  ) => Promise<ExecutionId>;
  readonly cancel: (
    entered: Entered,
    id: string,
    reason: string | undefined,
  ) => Promise<ExecutionId>;
  readonly retry: (entered: Entered, id: string, key?: string) => Promise<ExecutionId>;
  /** Ends the waits that are open now: of one journey, or of all. */
  readonly skipWait: (
    entered: Entered,
    id: string,
    lane: number | undefined,
  ) => Promise<ExecutionId>;
  /** Cancels what of a deleted agent is open. */
  readonly cancelAllOf: (entered: Entered, agent: Agent) => Promise<void>;
}

export function openRuns(needs: RunNeeds): Runs {
  return {
    ...openPausing(needs),
    trigger: (entered, agent, target, key) => trigger(needs, entered, agent, target, key),
    execute: (entered, agent, context, key) => execute(needs, entered, agent, context, key),
    cancel: (entered, id, reason) => cancel(needs, entered, id, reason),
    retry: (entered, id, key) => retry(needs, entered, id, key),
    skipWait: (entered, id, lane) => skipWait(needs, entered, id, lane),
    cancelAllOf: (entered, agent) => cancelAllOf(needs, entered, agent),
  };
}

async function trigger(
  needs: RunNeeds,
  entered: Entered,
  agent: Agent,
  given: Target | undefined,
  key: string | undefined,
): Promise<ExecutionId> {
  demandMayRun(entered, agent);
  const manual = agent.triggers.find((one) => one.type === "manual");
  const target = given ?? manual?.target;
  const workOn = target === undefined ? {} : { target };
  return start(needs, entered, agent, workOn, keyed(key, ["trigger", agent.id], given));
}

async function execute(
  needs: RunNeeds,
  entered: Entered,
  agent: Agent,
  context: Context,
  key: string | undefined,
): Promise<ExecutionId> {
  demandMayRun(entered, agent);
  const workOn = contextOf(context);
  demandSomebody(workOn);
  await demandNamed(needs.store, entered.workspace.no, workOn.context);
  return start(needs, entered, agent, workOn, keyed(key, ["execute", agent.id], context));
}

function start(
  { begin }: RunNeeds,
  { workspace, actor }: Entered,
  agent: Agent,
  workOn: WorkOn,
  key: RequestKey | undefined,
): Promise<ExecutionId> {
  demandWork(agent, workOn);
  return begin({ workspace, agent, workOn, trigger: { type: "manual", by: writeBy(actor) }, key });
}

/** The same key for something else is another key. */
function keyed(
  key: string | undefined,
  asked: readonly string[],
  body?: unknown,
): RequestKey | undefined {
  return key === undefined ? undefined : requestKey([...asked, key], body);
}

async function cancel(
  needs: RunNeeds,
  entered: Entered,
  id: string,
  reason: string | undefined,
): Promise<ExecutionId> {
  const row = await needs.executions.row(entered.workspace.no, id);
  const isOpen =
    row.endedAt === null && (await needs.engine.cancel(row.id, writeBy(entered.actor), reason));
  if (!isOpen) throw hasEnded(row.id, row.state, "canceled");
  await record(
    needs,
    entered,
    row.id,
    "execution.canceled",
    reason === undefined ? {} : { reason },
  );
  return row.id as ExecutionId;
}

async function retry(
  needs: RunNeeds,
  entered: Entered,
  id: string,
  key: string | undefined,
): Promise<ExecutionId> {
  const row = await needs.executions.row(entered.workspace.no, id);
  if (row.endedAt === null) {
    throw new Fault("conflict", "This execution has not ended yet", {
      suggestion: "Cancel it first, or wait for its end",
    });
  }
  const agent = row.driver === AUTOMATION ? await needs.agents.byNo(row.agent) : undefined;
  if (agent === undefined || agent.deletedAt !== null) {
    throw new Fault("conflict", "The agent of this execution was deleted", {
      suggestion: "Make a new agent with its instructions and run that",
    });
  }
  demandMayRun(entered, agent);
  const { workspace, actor } = entered;
  const again = await needs.beginAgain({
    workspace,
    agent,
    retryOf: row.id,
    by: writeBy(actor),
    key: keyed(key, ["retry", row.id]),
  });
  await record(needs, entered, again, "execution.retried", { of: row.id });
  return again;
}

async function skipWait(
  needs: RunNeeds,
  entered: Entered,
  id: string,
  lane: number | undefined,
): Promise<ExecutionId> {
  const row = await needs.executions.row(entered.workspace.no, id);
  const isOpen =
    row.endedAt === null && (await needs.engine.skipWait(row.id, writeBy(entered.actor), lane));
  if (!isOpen) throw hasEnded(row.id, row.state, "let go on");
  return row.id as ExecutionId;
}

async function cancelAllOf(
  { engine, executions }: RunNeeds,
  entered: Entered,
  agent: Agent,
): Promise<void> {
  for (const id of await executions.openOf(agent.ws, agent.no)) {
    await engine.cancel(id, writeBy(entered.actor), "Agent deleted");
  }
}

const PAUSED_WHY: Readonly<Record<string, string>> = {
  user: "somebody paused it",
  breaker: "it reached its execution limit",
  emailLimit: "it reached its email limit",
  provider: "its provider refused to go on",
};

/** @throws Fault that says why not: `agent_paused`, or `forbidden` by the agent's own permission. */
function demandMayRun({ role }: Pick<Entered, "role">, agent: Agent): void {
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

/** Naming nobody is never taken for "everybody": the agent's own search is /trigger. @throws Fault `nothing_to_work_on` */
function demandSomebody({ context, form = {} }: WorkOn): void {
  if (context !== undefined || Object.keys(form).length > 0) return;
  throw new Fault("nothing_to_work_on", "This names nobody to work on", {
    suggestion:
      "Name contactIds, companyIds or dealIds, or POST …/trigger for the agent's own search",
  });
}

/**
 * Instructions that could not be understood are let through: their execution is recorded as failed and says why.
 * @throws Fault `nothing_to_work_on`
 */
function demandWork({ plan }: Pick<Agent, "plan">, { context, target }: WorkOn): void {
  if (plan === null || context !== undefined || target !== undefined) return;
  const [first] = segmentsOf(plan);
  if (first === undefined || first.search !== undefined || !needsEntity(first.steps)) return;
  throw new Fault(
    "nothing_to_work_on",
    "The instructions search for nothing, and nothing was named to work on",
    {
      suggestion:
        "POST …/execute with contactIds, companyIds or dealIds, or let the instructions begin with a search",
    },
  );
}
