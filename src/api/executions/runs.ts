import type { z } from "zod";

/**
 * Run Now, cancel, retry: what a person or a program asks of executions. Who may and whether it can be now is decided
 * here, in the order in which a person would ask; the engine's guard has the last word on "already running".
 */
import type { executeSchema, targetSchema } from "#contract/shapes/agents.ts";
import type { Trigger } from "#domain/facts.ts";
import { Fault } from "#domain/fault.ts";
import type { ExecutionId } from "#domain/id.ts";
import type { Plan } from "#domain/plan.ts";
import type { Engine } from "#engine/engine.ts";
import type { Agent } from "#workspace/agent.ts";
import type { Agents } from "#workspace/agents.ts";
import type { Audit } from "#workspace/audit.ts";
import type { Entered, Workspace } from "#workspace/workspaces.ts";

import { writeBy } from "./actors.ts";
import type { Executions } from "./executions.ts";

export type Target = z.output<typeof targetSchema>;
export type Context = z.output<typeof executeSchema>;

/** What an execution works on: what its agent's target finds, or what was named. */
export type WorkOn = { readonly target: Target | undefined } | { readonly context: Context };

export interface Beginning {
  readonly workspace: Workspace;
  readonly agent: Agent;
  readonly workOn: WorkOn;
  readonly trigger: Trigger;
  /** The caller's idempotency key. */
  readonly key: string | undefined;
  /** The execution that this one is a retry of. */
  readonly origin: ExecutionId | undefined;
}

/** Starts the automation driver. @throws Fault `already_running` with the execution that runs */
export type Begin = (beginning: Beginning) => Promise<ExecutionId>;

export interface RunNeeds {
  readonly engine: Engine;
  readonly executions: Executions;
  readonly agents: Agents;
  readonly audit: Audit;
  readonly begin: Begin;
  /** Begins an execution again with the same trigger and context. */
  readonly beginAgain: (again: {
    readonly workspace: Workspace;
    readonly origin: ExecutionId;
    readonly by: string;
    readonly key: string | undefined;
  }) => Promise<ExecutionId>;
}

export interface Runs {
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
  readonly skipWait: (
    entered: Entered,
    id: string,
    lane: number | undefined,
  ) => Promise<ExecutionId>;
  /** Cancels what of a deleted agent is open. */
  readonly cancelAllOf: (entered: Entered, agent: Agent) => Promise<void>;
}

export function openRuns(needs: RunNeeds): Runs {
  const { engine, executions, begin } = needs;

  function start(
    entered: Entered,
    agent: Agent,
    workOn: WorkOn,
    key: string | undefined,
  ): Promise<ExecutionId> {
    const trigger: Trigger = { type: "manual", by: writeBy(entered.actor) };
    return begin({ workspace: entered.workspace, agent, workOn, trigger, key, origin: undefined });
  }

  return {
    trigger: async (entered, agent, given, key) => {
      demandMayRun(entered, agent);
      const target = given ?? targetOf(agent);
      demandWork(agent, target);
      return start(entered, agent, { target }, key);
    },
    execute: async (entered, agent, context, key) => {
      demandMayRun(entered, agent);
      return start(entered, agent, { context }, key);
    },
    cancel: async (entered, id, reason) => {
      const row = await executions.row(entered.workspace.no, id);
      const isOpen =
        row.endedAt === null && (await engine.cancel(row.id, writeBy(entered.actor), reason));
      if (!isOpen) throw ended(row.id, row.state, "canceled");
      await record(
        needs,
        entered,
        row.id,
        "execution.canceled",
        reason === undefined ? {} : { reason },
      );
      return row.id as ExecutionId;
    },
    retry: async (entered, id, key) => {
      const row = await executions.row(entered.workspace.no, id);
      if (row.endedAt === null) {
        throw new Fault("conflict", "This execution has not ended yet", {
          suggestion: "Cancel it first, or wait",
        });
      }
      const { workspace, actor } = entered;
      const agent = await mustAgent(needs, row.agent);
      demandMayRun(entered, agent);
      const origin = row.id as ExecutionId;
      const again = await needs.beginAgain({ workspace, origin, by: writeBy(actor), key });
      await record(needs, entered, again, "execution.retried", { of: origin });
      return again;
    },
    skipWait: async (entered, id, lane) => {
      const row = await executions.row(entered.workspace.no, id);
      const isOpen =
        row.endedAt === null && (await engine.skipWait(row.id, writeBy(entered.actor), lane));
      if (!isOpen) throw ended(row.id, row.state, "let go on");
      return row.id as ExecutionId;
    },
    cancelAllOf: async (entered, agent) => {
      const by = writeBy(entered.actor);
      for (const id of await openOf(executions, agent))
        await engine.cancel(id, by, "Agent deleted");
    },
  };
}

function ended(id: string, state: string, what: string): Fault {
  return new Fault("conflict", `This execution is ${state}: it cannot be ${what}`, {
    facts: { executionId: id },
  });
}

async function record(
  { audit }: RunNeeds,
  { workspace, actor }: Entered,
  id: string,
  action: string,
  changes: Readonly<Record<string, unknown>>,
): Promise<void> {
  await audit.record(workspace.no, {
    by: actor,
    action,
    target: { type: "execution", id, name: null },
    changes,
  });
}

async function mustAgent({ agents }: RunNeeds, no: number): Promise<Agent> {
  const agent = await agents.byNo(no);
  if (agent !== undefined && agent.deletedAt === null) return agent;
  throw new Fault("conflict", "The agent of this execution was deleted", {
    suggestion: "Make a new agent with its instructions and run that",
  });
}

const PAUSED_WHY: Readonly<Record<string, string>> = {
  user: "somebody paused it",
  breaker: "it reached its execution limit",
  emailLimit: "it reached its email limit",
  provider: "its provider refused to go on",
};

/** @throws Fault that says why not: `agent_paused`, or `forbidden` by the agent's own permission. */
function demandMayRun({ role }: Entered, agent: Agent): void {
  if (agent.status === "paused") {
    const why = PAUSED_WHY[agent.pausedReason ?? "user"] ?? "somebody paused it";
    throw new Fault("agent_paused", `Agent '${agent.name}' is paused: ${why}`, {
      suggestion: "Resume it first",
      facts: { pausedReason: agent.pausedReason },
    });
  }
  if (agent.manualRun.some((allowed) => allowed === role)) return;
  const who =
    agent.manualRun.length === 0
      ? "nobody"
      : agent.manualRun.map((allowed) => `${allowed}s`).join(" and ");
  throw new Fault(
    "forbidden",
    `Your role here is ${role}; agent '${agent.name}' may be run by ${who}`,
    {
      suggestion: "Ask one of them to run it, or an Admin to change who may",
    },
  );
}

function targetOf({ triggers }: Agent): Target | undefined {
  return triggers.find((trigger) => trigger.type === "manual")?.target;
}

/**
 * Instructions that could not be understood are let through: their execution is recorded as failed and says why.
 * @throws Fault `nothing_to_work_on`
 */
function demandWork({ plan }: Agent, target: Target | undefined): void {
  if (plan === null || target !== undefined || !needsEntity(plan)) return;
  throw new Fault(
    "nothing_to_work_on",
    "The instructions search for nothing, and the agent has no target to run on",
    {
      suggestion:
        "Name what to work on with POST …/execute (contactIds, companyIds, dealIds or form), or give the agent a target",
    },
  );
}

const WITHOUT_ENTITY: ReadonlySet<string> = new Set([
  "notify",
  "create_task",
  "wait",
  "remember",
  "stop",
]);

/** Whether a step needs somebody before a search has found anybody. */
function needsEntity({ steps }: Pick<Plan, "steps">): boolean {
  for (const step of steps) {
    if (step.type.startsWith("search_")) return false;
    if (!WITHOUT_ENTITY.has(step.type) || mentionsEntity(step.params)) return true;
  }
  return false;
}

function mentionsEntity(params: unknown): boolean {
  return /@(contact|company|deal)\b/.test(JSON.stringify(params ?? null));
}

async function openOf(executions: Executions, { ws, no }: Agent): Promise<readonly string[]> {
  const open: string[] = [];
  for (const state of ["queued", "running", "waiting"]) {
    let cursor: string | undefined;
    do {
      const page = await executions.list({
        ws,
        agent: no,
        states: [state],
        sort: "newest",
        limit: 200,
        cursor,
      });
      open.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
  return open;
}
