/** Agents as they are made and saved: each save is a row of its own that is never changed. */
import type { WAITING_CHOICES } from "#contract/shapes/agents.ts";
import type { ParserName } from "#contract/shapes/reading.ts";
import { Fault } from "#domain/fault.ts";
import { type AgentId, agentIds } from "#domain/id.ts";
import { type Plan, type Trigger, withoutSpan } from "#domain/plan.ts";
import { compiled, type Store, type Write } from "#store/store.ts";

import { writeActor } from "./actor.ts";
import { getAgent } from "./agent-reading.ts";
import { type Parse, understand, understoodOf, understoodPlan } from "./agent-understanding.ts";
import {
  type Agent,
  type Configuration,
  statusAfter,
  type Understood,
  versionColumns,
} from "./agent.ts";
import type { Parts } from "./parts.ts";
import type { Entered } from "./workspaces.ts";

export type NewAgent = Configuration & {
  readonly status?: "draft" | "live" | undefined;
  /** Who is to read the instructions, if not whom the workspace's settings name. */
  readonly parser?: ParserName | undefined;
};

type Changed<Fields> = { readonly [Field in keyof Fields]?: Fields[Field] | undefined };
/** What is not named stays as it is. */
export type AgentChange = Changed<Omit<Configuration, "restrictions">> & {
  readonly restrictions?: Changed<Configuration["restrictions"]> | undefined;
  /** Has the instructions read again, by this one, whether they changed or not. */
  readonly parser?: ParserName | undefined;
} & Saving;

export interface Saving {
  /** The version that was edited. */
  readonly version?: number | undefined;
  /** What becomes of executions that wait. */
  readonly waiting?: (typeof WAITING_CHOICES)[number] | undefined;
}

export interface Making extends Parts {
  readonly parse: Parse;
}

interface Numbered {
  readonly id: AgentId;
  readonly version: number;
  readonly restoredFrom?: number | null;
}

/** A row of `agent_version`, made where the agent's `no` is known: inside the same transaction. */
export function addVersion(
  { store: { db }, clock }: Making,
  { id, version, restoredFrom = null }: Numbered,
  { actor }: Entered,
  given: Configuration,
  understood: Understood,
): Write {
  const columns = {
    version,
    ...versionColumns(given, understood),
    saved_by: writeActor(actor),
    saved_at: clock.now(),
    restored_from: restoredFrom,
  };
  const names = Object.keys(columns) as (keyof typeof columns)[];
  const row = db
    .selectFrom("agent")
    .select((eb) => ["no" as const, ...names.map((name) => eb.val(columns[name]).as(name))])
    .where("id", "=", id);
  return compiled(
    db
      .insertInto("agent_version")
      .columns(["agent", ...names])
      .expression(row),
    1,
  );
}

export function recording(
  { audit }: Making,
  entered: Entered,
  agent: Audited,
  action: string,
  changes = {},
): Write {
  const { id, name } = agent;
  const { workspace, actor } = entered;
  const target = { type: "agent" as const, id, name };
  return audit.recording(workspace.no, { by: actor, action, target, changes });
}

interface Audited {
  readonly id: AgentId;
  readonly name: string;
}

/** What goes live: asked before it does, whoever asks may refuse by throwing. */
export type GoingLive = Configuration & Pick<Agent, "createdBy"> & { readonly plan: Plan };
export type BeforeLive = (going: GoingLive) => Promise<void>;

export async function createAgent(
  making: Making,
  entered: Entered,
  given: NewAgent,
  before?: BeforeLive,
): Promise<Agent> {
  const { store, clock } = making;
  const { status = "draft", parser, ...configuration } = given;
  await checkTemplate(store, entered.workspace.no, given.defaultTemplateId);
  const understood = await understand(making, entered, given.instructions, parser);
  const adopted = status === "live" ? adoptTrigger(configuration, understood) : configuration;
  if (status === "live") {
    const plan = understoodPlan(understood);
    await before?.({ ...adopted, createdBy: entered.actor, plan });
  }
  const id = agentIds.create();
  const at = clock.now();
  const row = {
    id,
    ws: entered.workspace.no,
    name: given.name,
    status,
    resumes_as: status,
    version: 1,
    created_by: writeActor(entered.actor),
    created_at: at,
    updated_at: at,
  };
  await store.write([
    compiled(store.db.insertInto("agent").values(row)),
    addVersion(making, { id, version: 1 }, entered, adopted, understood),
    recording(making, entered, { id, name: given.name }, "agent.created", {
      status: [null, status],
    }),
  ]);
  return getAgent(store, row.ws, id);
}

export async function checkTemplate(
  { db }: Store,
  ws: number,
  id: Configuration["defaultTemplateId"],
): Promise<void> {
  if (id === null) return;
  const found = db.selectFrom("template").select("id").where("ws", "=", ws).where("id", "=", id);
  if ((await found.executeTakeFirst()) !== undefined) return;
  throw new Fault("template_not_found", "The default email template is not in this workspace", {
    suggestion: "Choose one of this workspace's templates, or none",
  });
}

function asConfigured(trigger: Trigger): Configuration["triggers"][number] {
  return trigger.type === "schedule" ? { ...trigger, missed: "runOnce" } : trigger;
}

function adoptTrigger(configuration: Configuration, { plan }: Understood): Configuration {
  const { triggers } = configuration;
  const trigger = plan?.trigger;
  if (trigger === undefined || triggers.some(({ type }) => type !== "manual")) return configuration;
  return { ...configuration, triggers: [...triggers, asConfigured(withoutSpan(trigger))] };
}

export function configurationOf(agent: Configuration, change: AgentChange = {}): Configuration {
  const {
    version: _edited,
    waiting: _chosen,
    parser: _reader,
    restrictions = {},
    ...fields
  } = change;
  const given = <Fields extends object>(changed: Fields): Partial<Fields> =>
    Object.fromEntries(
      Object.entries(changed).filter(([, value]) => value !== undefined),
    ) as Partial<Fields>;
  return {
    name: agent.name,
    goal: agent.goal,
    instructions: agent.instructions,
    triggers: agent.triggers,
    memory: agent.memory,
    manualRun: agent.manualRun,
    reenrolment: agent.reenrolment,
    defaultTemplateId: agent.defaultTemplateId,
    ...(given(fields) as Partial<Configuration>),
    restrictions: {
      ...agent.restrictions,
      ...(given(restrictions) as Partial<Configuration["restrictions"]>),
    },
  };
}

/** The latest version moves on; a miss means that somebody else saved or deleted it meanwhile. */
export function moveOn(
  making: Making,
  agent: Agent,
  set: Readonly<Record<string, unknown>>,
): Write {
  const { store, clock } = making;
  const update = store.db
    .updateTable("agent")
    .set({ ...set, updated_at: clock.now() })
    .where("no", "=", agent.no)
    .where("version", "=", agent.version)
    .where("status", "=", agent.status)
    .where("deleted_at", "is", null);
  return compiled(update, 1);
}

/** Adopting the trigger of its text makes a version; going live by itself makes none. */
export async function goLive(
  making: Making,
  entered: Entered,
  id: AgentId,
  asked?: BeforeLive,
): Promise<Agent> {
  const { store, clock } = making;
  const agent = await getAgent(store, entered.workspace.no, id);
  const status = statusAfter("goLive", agent.status, "live");
  const understood = understoodOf(agent);
  const plan = understoodPlan(understood);
  const before = configurationOf(agent);
  const after = adoptTrigger(before, understood);
  await asked?.({ ...after, createdBy: agent.createdBy, plan });
  const version = after === before ? agent.version : agent.version + 1;
  await store.write([
    moveOn(making, agent, { status, resumes_as: status, version }),
    ...(after === before ? [] : [addVersion(making, { id, version }, entered, after, understood)]),
    recording(making, entered, agent, "agent.wentLive", { status: [agent.status, status] }),
  ]);
  return { ...agent, ...after, status, version, updatedAt: clock.now() };
}
