/**
 * Run Now, cancel, skip: what a person or a program asks of executions. Who may, and whether it can be now, is asked
 * here in the order in which a person would; the engine's guard has the last word on "already running".
 */
import type { z } from "zod";

import type { executeSchema, targetSchema } from "#contract/shapes/agents.ts";
import { Fault } from "#domain/fault.ts";
import type { ExecutionId } from "#domain/id.ts";
import { contextOf } from "#drivers/automation/context.ts";
import type { AutomationInput } from "#drivers/automation/input.ts";
import type { RequestKey } from "#drivers/automation/request-key.ts";
import { needsEntity, segmentsOf } from "#drivers/automation/segments.ts";
import { writeBy } from "#workspace/actor.ts";
import type { Agent } from "#workspace/agent.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { demandMayRun, hasEnded, keyed, record, type RunNeeds } from "./acting.ts";
import { demandNamed } from "./named.ts";
import { openPausing, type Pausing } from "./pausing.ts";
import { retry, retryJourney, type Retried, type Retrying } from "./retry.ts";

type Target = z.output<typeof targetSchema>;
type Context = z.output<typeof executeSchema>;
type WorkOn = Pick<AutomationInput, "context" | "target" | "form">;

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
  readonly retry: (entered: Entered, id: string, how: Retrying, key?: string) => Promise<Retried>;
  /** Tries one journey of an ended execution again from where it failed. */
  readonly retryJourney: (
    entered: Entered,
    id: string,
    lane: number,
    key?: string,
  ) => Promise<Retried>;
  /** Ends the waits that are open now: of one journey, or of all. */
  readonly skipWait: (
    entered: Entered,
    id: string,
    lane: number | undefined,
  ) => Promise<ExecutionId>;
  /** Has a blocked execution looked at again. */
  readonly tryAgain: (entered: Entered, id: string) => Promise<ExecutionId>;
  /** Ends one journey where it is. */
  readonly stopJourney: (
    entered: Entered,
    id: string,
    lane: number,
    reason: string | undefined,
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
    retry: (entered, id, how, key) => retry(needs, entered, id, how, key),
    retryJourney: (entered, id, lane, key) => retryJourney(needs, entered, id, lane, key),
    skipWait: (entered, id, lane) => skipWait(needs, entered, id, lane),
    tryAgain: (entered, id) => tryAgain(needs, entered, id),
    stopJourney: (entered, id, lane, reason) => stopJourney(needs, entered, id, lane, reason),
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

async function tryAgain(needs: RunNeeds, entered: Entered, id: string): Promise<ExecutionId> {
  const row = await needs.executions.row(entered.workspace.no, id);
  if (!(await needs.engine.tryAgain(row.id)))
    throw new Fault(
      "conflict",
      `${row.id} is ${row.state} and not blocked: there is nothing to try again`,
    );
  await record(needs, entered, row.id, "execution.triedAgain", { blocked: row.blocked });
  return row.id as ExecutionId;
}

async function stopJourney(
  needs: RunNeeds,
  entered: Entered,
  id: string,
  lane: number,
  reason: string | undefined,
): Promise<ExecutionId> {
  const row = await needs.executions.row(entered.workspace.no, id);
  const { engine } = needs;
  const isOpen = await engine.stopLane(row.id, lane, writeBy(entered.actor), reason);
  if (!isOpen) throw hasEnded(row.id, row.state, "stopped");
  const said = reason === undefined ? { lane } : { lane, reason };
  await record(needs, entered, row.id, "execution.journeyStopped", said);
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
