/** Executions as the API shows them: lists, one with its steps, its facts, its journeys. Redaction comes after. */
import type {
  Execution,
  ExecutionItem,
  Fact,
  Journey,
  Moment,
} from "#contract/shapes/executions.ts";
import { type Clock, systemClock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import type { ExecutionId } from "#domain/id.ts";
import { phaseOf } from "#domain/kinds.ts";
import { walkPlan } from "#domain/plan.ts";
import type { AutomationInput } from "#drivers/automation/input.ts";
import type { Ledger } from "#ledger/ledger.ts";
import type { WorkspaceServices } from "#workspace/workspace.ts";

import { type Actors, actorsNamed } from "./actors.ts";
import {
  countMailed,
  readStanding,
  readSteps,
  type Standing,
  standingOf,
  withoutPlan,
} from "./describe.ts";
import { type Ends, readEnds } from "./ends.ts";
import { type FactQuery, listFacts } from "./fact-list.ts";
import { type Folds, openFolds } from "./folds.ts";
import { lastOf, showItem } from "./item.ts";
import { type JourneyQuery, listJourneys } from "./journeys.ts";
import { type ListQuery, listRows } from "./list.ts";
import { type Past, readPast } from "./past.ts";
import { type ExecutionRow, findRow, rowOf } from "./rows.ts";
import { readSpent } from "./spent.ts";

export interface PageOf<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

export interface ExecutionPage extends PageOf<ExecutionItem> {
  readonly lookedBackTo: number | null;
}

export type LastExecution = Pick<ExecutionItem, "id" | "status" | "phase" | "createdAt">;

export interface Executions {
  readonly list: (query: ListQuery) => Promise<ExecutionPage>;
  readonly item: (ws: number, no: number) => Promise<ExecutionItem | undefined>;
  /** @throws Fault `not_found`, also for another workspace's. */
  readonly row: (ws: number, id: string) => Promise<ExecutionRow>;
  /** @param moment as it stood then; left out: as it stands now. @throws Fault `not_found` also before its time */
  readonly detail: (ws: number, id: string, moment?: Moment) => Promise<Execution>;
  readonly facts: (ws: number, id: string, query: FactQuery) => Promise<PageOf<Fact>>;
  readonly journeys: (ws: number, id: string, query: JourneyQuery) => Promise<PageOf<Journey>>;
  /** How many people its steps have sent an email to. */
  readonly mailedBy: (row: ExecutionRow) => Promise<number>;
  /** Who triggered it, as the ledger names them. */
  readonly triggeredBy: (no: number) => Promise<string>;
  /** Each one's last execution, by number of the agent. */
  readonly lastOf: (
    ws: number,
    agents: readonly number[],
  ) => Promise<ReadonlyMap<number, LastExecution>>;
  /** The ids of an agent's open executions. */
  readonly openOf: (ws: number, agent: number) => Promise<readonly string[]>;
}

export interface ExecutionNeeds extends Pick<WorkspaceServices, "agents" | "members"> {
  readonly ledger: Ledger;
  /** Names of a workspace's API keys by their id. */
  readonly keyNames: (ws: number) => Promise<ReadonlyMap<string, string>>;
  /** The version of a program that is there now. */
  readonly versionOf: (program: string) => string | undefined;
}

interface Reading extends ExecutionNeeds {
  readonly folds: Folds;
  readonly clock: Clock;
}

export function openExecutions(needs: ExecutionNeeds, clock: Clock = systemClock): Executions {
  const { ledger } = needs;
  const reading: Reading = { ...needs, clock, folds: openFolds(ledger) };
  return {
    row: (ws, id) => mustRow(ledger, ws, id),
    list: (query) => list(reading, query),
    item: async (ws, no) => {
      const row = await rowOf(ledger.store, ws, no);
      return row === undefined ? undefined : (await show(reading, ws, [row]))[0];
    },
    detail: async (ws, id, moment) => {
      const row = await mustRow(ledger, ws, id);
      return moment === undefined ? detailNow(reading, row) : detailThen(reading, row, moment);
    },
    facts: async (ws, id, query) => listFacts(ledger, (await mustRow(ledger, ws, id)).no, query),
    journeys: async (ws, id, query) => listJourneys(ledger, await mustRow(ledger, ws, id), query),
    mailedBy: (row) => countMailed(reading, row),
    triggeredBy: async (no) => (await readEnds(ledger, no)).created.trigger.by,
    lastOf: (ws, agents) => lastOfAgents(reading, ws, agents),
    openOf: (ws, agent) => openOf(ledger, ws, agent),
  };
}

async function mustRow({ store }: Ledger, ws: number, id: string): Promise<ExecutionRow> {
  const row = await findRow(store, ws, id);
  if (row !== undefined) return row;
  throw new Fault("not_found", `There is no execution ${id} in this workspace`, {
    suggestion: "GET …/executions lists those there are",
  });
}

async function list(reading: Reading, query: ListQuery): Promise<ExecutionPage> {
  const { rows, nextCursor, lookedBackTo } = await listRows(reading.ledger.store, query);
  return { items: await show(reading, query.ws, rows), nextCursor, lookedBackTo };
}

async function show(
  reading: Reading,
  ws: number,
  rows: readonly ExecutionRow[],
): Promise<ExecutionItem[]> {
  const { ledger, agents, clock } = reading;
  const names = await agents.names([...new Set(rows.map(({ agent }) => agent))]);
  const actors = await readActors(reading, ws);
  return Promise.all(
    rows.map(async (row) => {
      const ends = await readEnds(ledger, row.no);
      const standing =
        row.state === "running" ? await readStanding(reading, row) : standingAtEnd(row, ends);
      const spent = await readSpent(ledger.store, row, clock.now());
      const loaded = reading.versionOf(row.driver);
      return showItem({ row, ends, agent: names.get(row.agent), actors, standing, spent, loaded });
    }),
  );
}

/** Without a look at its journeys: one that got through has all of its plan behind it. */
function standingAtEnd(row: ExecutionRow, { created }: Ends): Standing {
  const plan = (created.input as Partial<AutomationInput> | undefined)?.plan ?? null;
  if (plan === null) return withoutPlan(row);
  const stepsTotal = [...walkPlan(plan)].length;
  const isThrough = phaseOf(row.kind, row.state) === "succeeded";
  return {
    stepsTotal,
    stepsDone: isThrough ? stepsTotal : Math.min(row.steps, stepsTotal),
    message: null,
  };
}

async function readActors({ members, keyNames }: Reading, ws: number): Promise<Actors> {
  const people = (await members.list(ws)).map(({ userId, name }) => [userId, name] as const);
  return actorsNamed(new Map([...people, ...(await keyNames(ws))]));
}

async function detailNow(reading: Reading, row: ExecutionRow): Promise<Execution> {
  const { ledger, clock } = reading;
  const ends = await readEnds(ledger, row.no);
  const spent = await readSpent(ledger.store, row, clock.now());
  return detail(reading, { row, ends, spent, at: Infinity });
}

async function detailThen(reading: Reading, row: ExecutionRow, moment: Moment): Promise<Execution> {
  const past = await readPast(reading.ledger, row, moment);
  return detail({ ...reading, folds: { of: async () => past.fold } }, past);
}

async function detail(
  reading: Reading,
  { row, ends, spent, at }: Omit<Past, "fold">,
): Promise<Execution> {
  const { ledger, agents } = reading;
  const actors = await readActors(reading, row.ws);
  const steps = await readSteps(reading, row, ends);
  const agent = (await agents.names([row.agent])).get(row.agent);
  const standing = standingOf(steps, row);
  const loaded = reading.versionOf(row.driver);
  const item = showItem({ row, ends, agent, actors, standing, spent, loaded });
  const canceled = lastOf(ends, "canceled");
  const version = ends.created.agentVersion;
  const saved = version === undefined ? undefined : await agents.version(row.agent, version);
  return {
    ...item,
    steps,
    instructions: saved?.instructions ?? null,
    canceledAt: canceled === undefined ? null : item.completedAt,
    canceledBy: canceled === undefined ? null : actors.of(canceled.by),
    retries: await retriesOf(ledger, row, at),
    payloads: "full",
  };
}

const MOST_RETRIES = 200;

/** Retries come after what they retry, of the same agent. */
async function retriesOf(
  { store }: Ledger,
  row: ExecutionRow,
  until: number,
): Promise<ExecutionId[]> {
  const query = { ws: row.ws, agent: row.agent, sort: "oldest", limit: MOST_RETRIES } as const;
  const cursor = Buffer.from(String(row.no)).toString("base64url");
  const { rows } = await listRows(store, { ...query, cursor });
  const tried = rows.filter((one) => one.trigger === "retry" && one.createdAt <= until);
  const found: ExecutionId[] = [];
  for (const { no, id } of tried) {
    const { created } = await readEnds({ store }, no);
    if (created.retryOf === row.id) found.push(id as ExecutionId);
  }
  return found;
}

async function lastOfAgents(
  reading: Reading,
  ws: number,
  agents: readonly number[],
): Promise<ReadonlyMap<number, LastExecution>> {
  const { store } = reading.ledger;
  const last = await Promise.all(
    agents.map(
      async (agent) => (await listRows(store, { ws, agent, sort: "newest", limit: 1 })).rows[0],
    ),
  );
  const found = last.filter((row) => row !== undefined);
  const items = await show(reading, ws, found);
  return new Map(
    items.map(({ id, status, phase, createdAt }, index) => [
      found[index]?.agent ?? 0,
      { id, status, phase, createdAt },
    ]),
  );
}

async function openOf({ store }: Ledger, ws: number, agent: number): Promise<readonly string[]> {
  const open = store.db.selectFrom("live").select("id").where("lane", "=", 0).where("ws", "=", ws);
  const rows = await open.where("agent", "=", agent).execute();
  return rows.map(({ id }) => id);
}
