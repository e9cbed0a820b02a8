/**
 * A workspace with contacts, agents and a sandbox of its own, on a real ledger whose time the test moves:
 * given contacts and instructions, run them, then look at the outbox, the tasks and what was recorded.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { ActionNeeds } from "#actions/needs.ts";
import { newAgentSchema } from "#contract/shapes/agents.ts";
import type { Change } from "#crm/change.ts";
import { entities } from "#crm/entities.ts";
import type { RowOf } from "#crm/rows.ts";
import type { Entity } from "#domain/catalogue.ts";
import type { Fact, FactOf, FactType, Figures } from "#domain/facts.ts";
import type { ExecutionId } from "#domain/id.ts";
import type { Parsed } from "#domain/plan.ts";
import { type Engine, openEngine } from "#engine/engine.ts";
import { settleAll, watched } from "#engine/testing.ts";
import { parseOffline } from "#instructions/parsers/offline.ts";
import type { Owner } from "#ledger/items.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { openSandboxMail, type SandboxMail } from "#providers/mails/sandbox.ts";
import type { SandboxMessage } from "#providers/mails/sandbox-store.ts";
import type { Agent } from "#workspace/agent.ts";
import type { Notification } from "#workspace/notifications.ts";
import { openWorkspaces, type WorkspaceServices } from "#workspace/workspace.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { testClock, type TestClock } from "#domain/test-clock.ts";
import { type Automation, automation } from "./automation.ts";
import { type Beginning, type Begins, openBegins } from "./begin.ts";

/** One process that runs agents on the ledger: an engine, and how agents are started there. */
export interface Node extends Begins {
  readonly engine: Engine;
  readonly owner: Owner;
  readonly busy: () => boolean;
  /** Cuts it off from the ledger, as when its process dies. */
  readonly die: () => void;
}

/** A ledger as one process sees it, and whether that waits for it. */
export type Seeing = (ledger: Ledger, owner: Owner) => { readonly ledger: Ledger; readonly busy: () => boolean };

export type NewAgent = Partial<Parameters<typeof newAgentSchema.parse>[0] & object> & Readonly<Record<string, unknown>>;

export interface Ended {
  readonly state: string;
  readonly figures: Figures;
  readonly warnings: number;
  readonly fault: FactOf<"failed">["fault"] | undefined;
}

export interface World extends AsyncDisposable {
  readonly clock: TestClock;
  readonly ledger: Ledger;
  readonly mail: SandboxMail;
  readonly services: WorkspaceServices;
  readonly needs: ActionNeeds;
  /** The workspace, entered by its owner Olga Owner (`olga`). */
  readonly entered: Entered;
  readonly change: () => Change;
  readonly warnings: readonly string[];
  /** The process that was opened last. */
  readonly node: () => Node;
  /** Opens one more process, which takes over what the others had. */
  readonly open: (seeing?: Seeing) => Promise<Node>;
  /** The process dies in the middle of what it does, and another one takes over. */
  readonly restart: () => Promise<Node>;
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
  readonly begin: (agent: Agent, workOn?: Beginning["workOn"], more?: Partial<Beginning>) => Promise<ExecutionId>;
  /** Begins, and goes on until only time or somebody else can move it. */
  readonly run: (agent: Agent, workOn?: Beginning["workOn"]) => Promise<ExecutionId>;
  readonly settle: () => Promise<void>;
  /** Moves time on, then settles. */
  readonly pass: (ms: number) => Promise<void>;
  /** Lets time pass until it has ended. */
  readonly runOut: (id: string, stepMs?: number) => Promise<Ended>;
  readonly state: (id: string) => Promise<string>;
  /** What it came to. @throws where it is still open */
  readonly ended: (id: string) => Promise<Ended>;
  readonly facts: (id: string, lane?: number) => Promise<readonly Fact[]>;
  /** Of every lane, in the order in which they were written. */
  readonly allFacts: (id: string) => Promise<readonly { readonly lane: number; readonly fact: Fact }[]>;
  readonly factsOf: <T extends FactType>(id: string, type: T) => Promise<readonly FactOf<T>[]>;
  /** Oldest first. */
  readonly outbox: () => Promise<readonly SandboxMessage[]>;
  /** The addresses that mail went to, sorted. */
  readonly mailed: () => Promise<readonly string[]>;
  readonly told: (userId?: string) => Promise<readonly Notification[]>;
}

export const DAY = 86_400_000;
export const HOUR = 3_600_000;

/** Olga, who made the workspace and its agents. */
export const OLGA = { type: "user", userId: "olga", email: "olga@acme.test", name: "Olga Owner" } as const;

/** Instructions that begin with a brace are a plan or a refusal already. */
async function parse(instructions: string): Promise<Parsed> {
  return instructions.startsWith("{") ? (JSON.parse(instructions) as Parsed) : parseOffline(instructions);
}

const writeInstructions = (given: string | object): string =>
  typeof given === "string" ? given : JSON.stringify("error" in given ? given : { plan: given });

const MOST = 10_000;
const MOST_PASSES = 500;

export interface WorldOptions {
  readonly zone?: string;
  readonly start?: number;
}

export async function openWorld({ zone = "UTC", start }: WorldOptions = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "stint-automation-"));
  const path = join(folder, "stint.db");
  const clock = testClock(start);
  const ledger = await openSqliteLedger(path, { sync: "off" });
  const { store } = ledger;
  const services = openWorkspaces({ store, clock, parse });
  const { id } = await services.workspaces.create({ name: "Acme", zone, tier: "standard" }, OLGA);
  const entered = await services.workspaces.enter(OLGA, id, "workspace:write");
  const { workspace } = entered;
  const mail = openSandboxMail({ path: ":memory:", clock });
  const needs: ActionNeeds = { ...services, store, clock, mail, senderOf: () => "agent@acme.test" };
  const program: Automation = automation(needs);
  const warnings: string[] = [];
  const nodes: Node[] = [];
  const change = (): Change => ({ ws: workspace.no, at: clock.now(), actor: entered.actor });

  async function open(seeing?: Seeing): Promise<Node> {
    const owner = { id: ledger.owner.id, incarnation: ledger.owner.incarnation + nodes.length };
    const seen = seeing?.(ledger, owner);
    const watch = watched(seen?.ledger ?? ledger, owner);
    const busy = seen?.busy ?? watch.busy;
    const engine = await openEngine({
      ledger: watch.ledger,
      clock,
      programs: [program],
      random: () => 0.5,
      log: { warn: (message, facts) => warnings.push(`${message} ${JSON.stringify(facts)}`) },
    });
    const node = { engine, busy, die: watch.die, owner, ...openBegins({ ...needs, engine, ledger: watch.ledger, program }) };
    nodes.push(node);
    return node;
  }

  const node = (): Node => {
    const last = nodes.at(-1);
    if (last === undefined) throw new Error("no process is open");
    return last;
  };
  const settle = (): Promise<void> => settleAll(() => nodes.some(({ busy }) => busy()));

  const begin: World["begin"] = (agent, workOn = {}, more = {}) =>
    node().begin({ workspace, agent, workOn, trigger: { type: "manual", by: OLGA.userId }, ...more });

  const add: World["add"] = async (entity, values, tags) => {
    const made = await entities(store, entity).create(change(), tags === undefined ? { values } : { values, tags });
    await store.write(made.writes);
    return entities(store, entity).get(workspace.no, made.id);
  };

  const outbox = async (): Promise<readonly SandboxMessage[]> => {
    const { rows } = await mail.outbox.list({ ws: workspace.no, limit: MOST });
    return rows.toReversed();
  };

  const pass = async (ms: number): Promise<void> => {
    await settle();
    clock.advance(ms);
    await settle();
  };
  const seen = reading(ledger);

  await open();
  return {
    clock, ledger, mail, services, needs, entered, change, warnings, node, open, add, begin, settle, outbox,
    ...seen,
    pass,
    runOut: async (id, stepMs = 1000) => {
      await settle();
      for (let n = 0; n < MOST_PASSES && !(await ledger.find(id))?.ended; n += 1) await pass(stepMs);
      return seen.ended(id);
    },
    restart: async () => {
      const last = node();
      last.die();
      void last.engine.stop(0); // what a dead process awaits never comes
      await settle();
      return open();
    },
    leads: async (count) => {
      const ids: string[] = [];
      for (let i = 1; i <= count; i += 1) {
        ids.push((await add("contact", { firstName: `N${i}`, lastName: "Lead", email: `n${i}@acme.test`, status: "Lead" })).id);
      }
      return ids;
    },
    template: async (name, subject = "Hi @contact.firstName", body = "Dear @contact.firstName, hello.") =>
      (await services.templates.create(entered, { name, subject, body })).id,
    agent: (instructions, more = {}) => {
      const given = { name: "Agent", status: "draft", instructions: writeInstructions(instructions), ...more };
      return services.agents.create(entered, newAgentSchema.parse(given));
    },
    run: async (agent, workOn) => {
      const started = await begin(agent, workOn);
      await settle();
      return started;
    },
    mailed: async () => (await outbox()).map(({ to }) => to).toSorted(),
    told: async (userId = OLGA.userId) =>
      (await services.notifications.list(workspace.no, userId, { limit: MOST })).items.toReversed(),
    [Symbol.asyncDispose]: async () => {
      for (const { engine, die } of nodes) {
        die();
        void engine.stop(0);
      }
      await mail.close();
      await ledger.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function reading(ledger: Ledger): Pick<World, "state" | "ended" | "facts" | "allFacts" | "factsOf"> {
  const { db } = ledger.store;

  async function allFacts(id: string): ReturnType<World["allFacts"]> {
    const found = await ledger.find(id);
    const entries = (await ledger.readAfter(0, Number.MAX_SAFE_INTEGER)).filter(({ no }) => no === found?.no);
    return entries.flatMap(({ lane, facts }) => facts.map((fact) => ({ lane, fact })));
  }

  return {
    allFacts,
    state: async (id) => (await ledger.find(id))?.state ?? "none",
    ended: async (id) => {
      const row = await db.selectFrom("executions").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
      const last = (await ledger.read(row.no, 0)).at(-1)?.facts.at(-1);
      return {
        state: row.state,
        figures: JSON.parse(row.figures ?? "{}") as Figures,
        warnings: row.warnings,
        fault: last?.t === "failed" ? last.fault : undefined,
      };
    },
    facts: async (id, lane = 0) => (await allFacts(id)).filter((one) => one.lane === lane).map(({ fact }) => fact),
    factsOf: async <T extends FactType>(id: string, type: T) =>
      (await allFacts(id)).map(({ fact }) => fact).filter((fact): fact is FactOf<T> => fact.t === type),
  };
}
