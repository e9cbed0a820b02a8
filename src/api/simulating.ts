/** What somebody asks to be simulated, saved or not, and the answer. */
import type { z } from "zod";

import { newAgentSchema } from "#contract/shapes/agents.ts";
import { OFFLINE } from "#contract/shapes/reading.ts";
import type {
  simulateAgentSchema,
  simulateSchema,
  Simulation,
} from "#contract/shapes/simulations.ts";
import type { Clock } from "#domain/clock.ts";
import { agentIds } from "#domain/id.ts";
import type { Parsed, Plan } from "#domain/plan.ts";
import { contextOf } from "#drivers/automation/context.ts";
import type { Asked } from "#drivers/automation/simulation/asked.ts";
import type { Simulator } from "#drivers/automation/simulation/simulator.ts";
import type { Store } from "#store/store.ts";
import { writeBy } from "#workspace/actor.ts";
import type { Agent } from "#workspace/agent.ts";
import type { Quotas } from "#workspace/quotas.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { demandNamed } from "./executions/named.ts";
import { unparseable } from "./refused-words.ts";

export type Given = z.output<typeof simulateAgentSchema>;
export type GivenAlone = z.output<typeof simulateSchema>;

export interface Simulations {
  /** @throws Fault `unparseable`, `not_found` for whom it names, and what the simulator throws */
  readonly ofAgent: (
    entered: Entered,
    agent: Agent,
    given: Given,
    signal: AbortSignal,
  ) => Promise<Simulation>;
  /** Of an agent that is not there yet. */
  readonly ofWords: (
    entered: Entered,
    given: GivenAlone,
    signal: AbortSignal,
  ) => Promise<Simulation>;
}

export interface SimulationNeeds {
  /** The store's file. */
  readonly path: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly quotas: Quotas;
  readonly simulator: Simulator;
  readonly parse: (instructions: string) => Promise<Parsed>;
}

const BUDGET_MS = 15_000;

export function openSimulations(needs: SimulationNeeds): Simulations {
  return {
    ofAgent: async (entered, saved, given, signal) => {
      const { agent, isUnsaved } = await edited(needs, saved, given);
      const simulation = await simulate(needs, entered, agent, given, signal);
      const { id, name, version } = saved;
      return { ...simulation, agent: { id, name, version }, unsaved: isUnsaved };
    },
    ofWords: async (entered, given, signal) => {
      const { agent } = await edited(needs, nobodyYet(entered, needs.clock.now()), given);
      const simulation = await simulate(needs, entered, agent, given, signal);
      return { ...simulation, agent: null, unsaved: true };
    },
  };
}

/** An agent that nobody has saved: its number is none's. */
function nobodyYet({ workspace, actor }: Entered, at: number): Agent {
  const { status: _draft, ...configuration } = newAgentSchema.parse({
    name: "Unsaved agent",
    instructions: "-",
  });
  return {
    ...configuration,
    no: 0,
    id: agentIds.create(),
    ws: workspace.no,
    version: 1,
    plan: null,
    parseError: { message: "", details: [] },
    reading: OFFLINE,
    status: "draft",
    pausedReason: null,
    holdUntil: null,
    createdBy: actor,
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
  };
}

interface Edited {
  readonly agent: Agent;
  readonly isUnsaved: boolean;
}

async function edited(needs: SimulationNeeds, saved: Agent, given: Given): Promise<Edited> {
  const plan = await planOf(needs, saved, given);
  const { instructions, restrictions, memory, reenrolment, defaultTemplateId } = given;
  const changed = Object.fromEntries(
    Object.entries({
      instructions,
      restrictions,
      memory,
      reenrolment,
      defaultTemplateId,
    }).filter(([, value]) => value !== undefined),
  ) as Partial<Agent>;
  const isUnsaved = Object.keys(changed).length > 0 || given.plan !== undefined;
  return { agent: { ...saved, ...changed, plan, parseError: null }, isUnsaved };
}

/** @throws Fault `unparseable` */
async function planOf({ parse }: SimulationNeeds, saved: Agent, given: Given): Promise<Plan> {
  if (given.plan !== undefined) return given.plan;
  if (given.instructions !== undefined && given.instructions !== saved.instructions) {
    const parsed = await parse(given.instructions);
    if ("plan" in parsed) return parsed.plan;
    throw unparseable(parsed.error);
  }
  if (saved.plan !== null) return saved.plan;
  throw unparseable(saved.parseError);
}

type Walked = Omit<Simulation, "agent" | "unsaved">;

async function simulate(
  needs: SimulationNeeds,
  entered: Entered,
  agent: Agent,
  given: Given,
  signal: AbortSignal,
): Promise<Walked> {
  const now = needs.clock.now();
  const startedAt = performance.now();
  const asked = await askedOf(needs, entered, agent, given, now);
  const simulated = await needs.simulator.simulate(asked, signal);
  return {
    simulation: true,
    simulatedAt: new Date(now).toISOString(),
    tookMs: Math.round(performance.now() - startedAt),
    plan: agent.plan ?? { steps: [] },
    ...simulated,
  };
}

async function askedOf(
  { path, store, quotas }: SimulationNeeds,
  { workspace, actor }: Entered,
  agent: Agent,
  given: Given,
  now: number,
): Promise<Asked> {
  const { zone } = workspace;
  const named = contextOf(given);
  await demandNamed(store, workspace.no, named.context);
  const manual = agent.triggers.find((trigger) => trigger.type === "manual");
  const target = given.target ?? manual?.target;
  const isNamed = named.context !== undefined || target === undefined;
  const counted = { agent: agent.no, zone, at: now };
  const standing = await quotas.standing(counted, agent.restrictions);
  return {
    path,
    zone,
    now,
    agent,
    by: writeBy(actor),
    sentToday: standing.emailsPerDay.used,
    workOn: { ...named, ...(!isNamed && { target }) },
    most: given.most,
    budgetMs: BUDGET_MS,
  };
}
