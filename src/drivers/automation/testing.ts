/**
 * A workspace with contacts, agents and a sandbox of its own, on a real ledger whose time the test moves:
 * given contacts and instructions, run them, then look at the outbox, the tasks and what was recorded.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { z } from "zod";

import type { ActionNeeds } from "#actions/needs.ts";
import { newAgentSchema } from "#contract/shapes/agents.ts";
import type { Change } from "#crm/change.ts";
import { entities } from "#crm/entities.ts";
import type { RowOf } from "#crm/rows.ts";
import type { Entity } from "#domain/catalogue.ts";
import type { ExecutionId } from "#domain/id.ts";
import type { Parsed } from "#domain/plan.ts";
import { testClock, type TestClock } from "#domain/test-clock.ts";
import { parseOffline } from "#instructions/parsers/offline.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import type { SandboxMessage } from "#providers/mails/sandbox-store.ts";
import { openSandboxMail, type SandboxMail } from "#providers/mails/sandbox.ts";
import type { Agent } from "#workspace/agent.ts";
import type { Notification } from "#workspace/notifications.ts";
import { openWorkspaces, type WorkspaceServices } from "#workspace/workspace.ts";
import type { Entered } from "#workspace/workspaces.ts";

import type { Beginning } from "./begin.ts";
import { type Nodes, openNodes } from "./testing-nodes.ts";
import { type Ended, type Reading, reading } from "./testing-reading.ts";

export type NewAgent = Partial<z.input<typeof newAgentSchema>>;

export interface World extends Omit<Nodes, "close">, Reading, AsyncDisposable {
  readonly clock: TestClock;
  /** The store's file. */
  readonly path: string;
  readonly ledger: Ledger;
  readonly mail: SandboxMail;
  readonly services: WorkspaceServices;
  readonly needs: ActionNeeds;
  /** The workspace, entered by its owner Olga Owner (`olga`). */
  readonly entered: Entered;
  readonly change: () => Change;
  readonly add: <E extends Entity>(
    entity: E,
    values: Readonly<Record<string, unknown>>,
    tags?: readonly string[],
  ) => Promise<RowOf[E]>;
  /** `n1@acme.test`, `n2@…`: leads with first names N1, N2, …; answers their ids. */
  readonly leads: (count: number) => Promise<readonly string[]>;
  readonly template: (name: string, subject?: string, body?: string) => Promise<string>;
  /** Live; `instructions` are words, or a plan. */
  readonly agent: (instructions: string | object, more?: NewAgent) => Promise<Agent>;
  readonly begin: (
    agent: Agent,
    workOn?: Beginning["workOn"],
    more?: Partial<Beginning>,
  ) => Promise<ExecutionId>;
  /** Begins, and goes on until only time or somebody else can move it. */
  readonly run: (agent: Agent, workOn?: Beginning["workOn"]) => Promise<ExecutionId>;
  /** Moves time on, then settles. */
  readonly pass: (ms: number) => Promise<void>;
  /** Lets time pass until it has ended. */
  readonly runOut: (id: string, stepMs?: number) => Promise<Ended>;
  /** Oldest first. */
  readonly outbox: () => Promise<readonly SandboxMessage[]>;
  /** The addresses that mail went to, sorted. */
  readonly mailed: () => Promise<readonly string[]>;
  readonly told: (userId?: string) => Promise<readonly Notification[]>;
}

export const DAY = 86_400_000;
export const HOUR = 3_600_000;

/** Olga, who made the workspace and its agents. */
export const OLGA = {
  type: "user",
  userId: "olga",
  email: "olga@acme.test",
  name: "Olga Owner",
} as const;

/** Instructions that begin with a brace are a plan or a refusal already. */
async function parse(instructions: string): Promise<Parsed> {
  return instructions.startsWith("{")
    ? (JSON.parse(instructions) as Parsed)
    : parseOffline(instructions);
}

const writeInstructions = (given: string | object): string =>
  typeof given === "string" ? given : JSON.stringify("error" in given ? given : { plan: given });

const MOST = 10_000;
const MOST_PASSES = 500;

export interface WorldOptions {
  readonly zone?: string;
  readonly start?: number;
}

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const parts = await openParts(options);
  const nodes = openNodes(parts);
  const seen = looking(parts);
  await nodes.open();
  const { folder, mail, ledger } = parts;
  return {
    ...parts,
    ...nodes,
    ...giving(parts),
    ...seen,
    ...moving(parts, nodes, seen.ended),
    [Symbol.asyncDispose]: async () => {
      nodes.close();
      await mail.close();
      await ledger.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Given = Pick<
  World,
  "clock" | "path" | "ledger" | "mail" | "services" | "needs" | "entered" | "change"
> & { readonly folder: string };

async function openParts({ zone = "UTC", start }: WorldOptions): Promise<Given> {
  const folder = await mkdtemp(join(tmpdir(), "stint-automation-"));
  const clock = testClock(start);
  const path = join(folder, "stint.db");
  const ledger = await openSqliteLedger(path, { sync: "off" });
  const { store } = ledger;
  const services = openWorkspaces({ store, clock, parse });
  const { id } = await services.workspaces.create({ name: "Acme", zone, tier: "standard" }, OLGA);
  const entered = await services.workspaces.enter(OLGA, id, "workspace:write");
  const mail = openSandboxMail({ path: ":memory:", clock });
  const needs: ActionNeeds = { ...services, store, clock, mail, senderOf: () => "agent@acme.test" };
  const { workspace, actor } = entered;
  const change = (): Change => ({ ws: workspace.no, at: clock.now(), actor });
  return { folder, path, clock, ledger, services, entered, mail, needs, change };
}

type Giving = Pick<World, "add" | "leads" | "template" | "agent">;

function giving({ needs: { store }, services, entered, change }: Given): Giving {
  const add: World["add"] = async (entity, values, tags) => {
    const input = tags === undefined ? { values } : { values, tags };
    const made = await entities(store, entity).create(change(), input);
    await store.write(made.writes);
    return await entities(store, entity).get(entered.workspace.no, made.id);
  };
  return {
    add,
    leads: async (count) => {
      const ids: string[] = [];
      for (let i = 1; i <= count; i += 1) {
        const name = { firstName: `N${i}`, lastName: "Lead", email: `n${i}@acme.test` };
        ids.push((await add("contact", { ...name, status: "Lead" })).id);
      }
      return ids;
    },
    template: async (name, subject = "Hi @contact.firstName", body = "Dear @contact.firstName") =>
      (await services.templates.create(entered, { name, subject, body })).id,
    agent: (words, more = {}) => {
      const given = { name: "Agent", instructions: writeInstructions(words), ...more };
      return services.agents.create(entered, newAgentSchema.parse(given));
    },
  };
}

type Moving = Pick<World, "begin" | "run" | "pass" | "runOut">;

function moving(
  { entered: { workspace }, clock, ledger }: Given,
  { node, settle }: Nodes,
  ended: World["ended"],
): Moving {
  const begin: World["begin"] = (agent, workOn = {}, more = {}) => {
    const trigger = { type: "manual", by: OLGA.userId } as const;
    return node().begin({ workspace, agent, workOn, trigger, ...more });
  };
  const pass = async (ms: number): Promise<void> => {
    await settle();
    clock.advance(ms);
    await settle();
  };
  return {
    begin,
    pass,
    run: async (agent, workOn) => {
      const started = await begin(agent, workOn);
      await settle();
      return started;
    },
    runOut: async (id, stepMs = 1000) => {
      await settle();
      for (let n = 0; n < MOST_PASSES && (await ledger.find(id))?.ended !== true; n += 1)
        await pass(stepMs);
      return await ended(id);
    },
  };
}

type Looking = Reading & Pick<World, "outbox" | "mailed" | "told">;

function looking({ ledger, mail, services, entered: { workspace } }: Given): Looking {
  const outbox: World["outbox"] = async () =>
    (await mail.outbox.list({ ws: workspace.no, limit: MOST })).rows.toReversed();
  return {
    ...reading(ledger),
    outbox,
    mailed: async () => (await outbox()).map(({ to }) => to).toSorted(),
    told: async (userId = OLGA.userId) => {
      const { items } = await services.notifications.list(workspace.no, userId, { limit: MOST });
      return items.toReversed();
    },
  };
}
