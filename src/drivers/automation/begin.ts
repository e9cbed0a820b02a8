/** Starts an agent: once at a time by hand or schedule, and within its limits. */
import type { ActionNeeds } from "#actions/needs.ts";
import { letsThrough } from "#domain/breaker.ts";
import type { Trigger } from "#domain/facts.ts";
import { Fault } from "#domain/fault.ts";
import type { ExecutionId } from "#domain/id.ts";
import type { Again } from "#engine/again.ts";
import type { Engine } from "#engine/engine.ts";
import type { Ledger } from "#ledger/ledger.ts";
import type { Write } from "#store/store.ts";
import type { Agent } from "#workspace/agent.ts";
import { agentBreaker, type Breakers } from "#workspace/breakers.ts";
import type { Workspace } from "#workspace/workspaces.ts";

import { answeredBefore } from "./answered-before.ts";
import type { Automation } from "./automation.ts";
import { beginAgainWith, type Retrying } from "./begin-again.ts";
import type { AutomationInput } from "./input.ts";
import { type RequestKey, storedKey } from "./request-key.ts";

export interface Beginning {
  readonly workspace: Workspace;
  readonly agent: Agent;
  readonly trigger: Trigger;
  readonly key?: RequestKey | undefined;
  readonly workOn: Pick<AutomationInput, "context" | "target" | "form">;
}

export interface BeginningAgain extends Retrying {
  readonly workspace: Workspace;
  readonly agent: Agent;
  /** The plan and version that it ran with, or those that the agent has now. */
  readonly version: "original" | "current";
  readonly key?: RequestKey | undefined;
}

export interface Begins {
  /** @throws Fault `already_running` with the execution that runs, `limit_reached` */
  readonly begin: (beginning: Beginning) => Promise<ExecutionId>;
  readonly beginAgain: (again: BeginningAgain) => Promise<ExecutionId>;
}

interface BeginNeeds extends ActionNeeds {
  readonly breakers: Breakers;
  readonly engine: Engine;
  readonly ledger: Ledger;
  readonly program: Automation;
}

interface Start {
  readonly workspace: Workspace;
  readonly agent: Agent;
  readonly trigger: Trigger;
  readonly input: AutomationInput;
  readonly key: RequestKey | undefined;
  readonly again?: Again;
}

export function openBegins(needs: BeginNeeds): Begins {
  return {
    begin: ({ workspace, agent, trigger, key, workOn }) => {
      const input: AutomationInput = { ...inputOf(agent, workspace.zone, trigger.by), ...workOn };
      return start(needs, { workspace, agent, trigger, input, key });
    },
    beginAgain: async ({ workspace, agent, version, key, ...retrying }) => {
      const { by } = retrying;
      const current = version === "current" ? inputOf(agent, workspace.zone, by) : undefined;
      const { input, again } = await beginAgainWith(needs.ledger, retrying, current);
      const trigger: Trigger = { type: "retry", by };
      const given = { ...input, triggeredBy: userOf(by) };
      const known = { ...again, known: needs.ledger };
      return start(needs, { workspace, agent, trigger, input: given, key, again: known });
    },
  };
}

/** What an execution of the agent as it is now is started with. */
export function inputOf(agent: Agent, zone: string, by: string): AutomationInput {
  return {
    agentNo: agent.no,
    agentId: agent.id,
    agentName: agent.name,
    agentVersion: agent.version,
    plan: agent.plan,
    parseError: agent.parseError,
    reading: agent.reading,
    zone,
    triggeredBy: userOf(by),
    memoryLasts: agent.memory.lasts,
    reenrolment: agent.reenrolment,
  };
}

/** Keys and the system itself read no notifications. */
const userOf = (by: string): string | null =>
  by === "system" || by.startsWith("key:") ? null : by;

const DECISIONS = 10;

/** The limits are counted in the start's own append; where another start was faster it is decided again. */
async function start(
  needs: BeginNeeds,
  { workspace, agent, trigger, input, key, again }: Start,
): Promise<ExecutionId> {
  // A repeat starts nothing, so it is answered before any limit is looked at: it may not trip one either.
  const before =
    key === undefined ? undefined : await answeredBefore(needs.store, workspace.no, key);
  if (before !== undefined) return before;
  for (let number = 1; ; number += 1) {
    try {
      const { id } = await needs.engine.start(needs.program, input, {
        workspace: workspace.no,
        agent: { no: agent.no, version: input.agentVersion },
        label: agent.name,
        trigger,
        guards: [guardOf(agent)],
        writes: await counted(needs, workspace, agent),
        apart: input.form !== undefined,
        ...(key !== undefined && { key: storedKey(key) }),
        ...(again !== undefined && { again }),
      });
      return id;
    } catch (error) {
      const isStale = error instanceof Fault && error.code === "stale";
      if (!isStale || number === DECISIONS) throw error;
    }
  }
}

/** One run by hand or schedule at a time (3.2-5). */
const guardOf = ({ no }: Agent): string => `agent:${no}`;

async function counted(
  needs: BeginNeeds,
  { no: ws, zone }: Workspace,
  agent: Agent,
): Promise<readonly Write[]> {
  const { breakers, quotas, clock } = needs;
  const { no, restrictions } = agent;
  const place = { agent: no, zone, at: clock.now() };
  const key = agentBreaker(no);
  const breaker = await breakers.read(key);
  if (!letsThrough(breaker, place.at)) throw limitReached(agent);
  if ((await quotas.exceeded(place, restrictions, ["executionsPerDay"])) !== undefined) {
    await trip(needs, ws, agent, breakers.moving(key, breaker, "tripped"));
    throw limitReached(agent);
  }
  const count = quotas.counting(place, "executionsPerDay", restrictions);
  return breaker.state === "closed" ? [count] : [count, breakers.moving(key, breaker, "passed")];
}

function limitReached({ restrictions }: Agent): Fault {
  return new Fault("limit_reached", "Agent paused: execution limit reached", {
    facts: { limit: "executionsPerDay", most: restrictions.maxExecutionsPerDay },
    suggestion: "Raise the agent's limit of executions a day, then resume it.",
  });
}

/** The circuit breaker: the agent pauses and its creator is told, by the one start that trips it. */
async function trip(
  { agents, notifications, store }: BeginNeeds,
  ws: number,
  agent: Agent,
  tripping: Write,
): Promise<void> {
  const to =
    agent.createdBy.type === "user" && agent.createdBy.id !== null ? [agent.createdBy.id] : [];
  const told = notifications.draft(ws, to, {
    kind: "agent_paused",
    title: `Agent ${agent.name} is paused`,
    message: "Agent paused: execution limit reached",
    agentId: agent.id,
  });
  await store.write([tripping, agents.pausing(agent, "breaker"), ...told.writes]);
  told.announce();
}
