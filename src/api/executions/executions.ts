/** Executions as the API shows them: lists, one with its steps, its facts, its journeys. Redaction comes after. */
import type {
  Execution,
  ExecutionItem,
  Fact,
  Journey,
  Moment,
  TreeNode,
} from "#contract/shapes/executions.ts";
import { type Clock, systemClock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import type { ExecutionId } from "#domain/id.ts";
import { phaseOf } from "#domain/kinds.ts";
import { walkPlan } from "#domain/plan.ts";
import type { AutomationInput } from "#drivers/automation/input.ts";
import type { InLine } from "#engine/limits/why.ts";
import type { Ledger } from "#ledger/ledger.ts";
import type { Search } from "#search/search.ts";
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
import { type Ends, readEnds, readEndsOf } from "./ends.ts";
import { type FactQuery, listFacts } from "./fact-list.ts";
import { countChildren, relative } from "./family.ts";
import { type Folds, openFolds } from "./folds.ts";
import { type FoundPage, listFound } from "./found.ts";
import { lastOf, showItem } from "./item.ts";
import { type JourneyQuery, listJourneys } from "./journeys.ts";
import { cursorAfter, type ListQuery, listRows } from "./list.ts";
import { type Past, readPast } from "./past.ts";
import { type ExecutionRow, findRow, rowOf } from "./rows.ts";
import { showNode } from "./show-node.ts";
import { readSpent } from "./spent.ts";
import { readTree, type TreeQuery } from "./tree.ts";

export interface PageOf<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

export interface ExecutionPage extends PageOf<ExecutionItem> {
  readonly lookedBackTo: number | null;
  /** Of a search: for how long what happened is not in the index yet. */
  readonly searchLagMs?: number;
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
  readonly tree: (ws: number, id: string, query: TreeQuery) => Promise<TreeNode[]>;
  readonly journeys: (ws: number, id: string, query: JourneyQuery) => Promise<PageOf<Journey>>;
  /** Who is named by what ids, in a workspace. */
  readonly actors: (ws: number) => Promise<Actors>;
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
  readonly search: Pick<Search, "find">;
  /** Names of a workspace's API keys by their id. */
  readonly keyNames: (ws: number) => Promise<ReadonlyMap<string, string>>;
  /** What an agent's executions that never began wait for. */
  readonly inLine: (ws: number, agent: number) => Promise<InLine>;
  /** The version of a program with which an execution goes on that is on `version`. */
  readonly versionOf: (program: string, version: string) => string | undefined;
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
    tree: (ws, id, query) => tree(reading, ws, id, query),
    actors: (ws) => readActors(reading, ws),
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
  const { store } = reading.ledger;
  const { search } = query;
  const { rows, ...page } =
    search === undefined
      ? await listRows(store, query)
      : lagging(reading, await listFound(store.db, reading.search, { ...query, search }));
  return { ...page, items: await show(reading, query.ws, rows) };
}

function lagging({ clock }: Reading, { behindSince, ...page }: FoundPage) {
  const searchLagMs = behindSince === null ? 0 : Math.max(0, clock.now() - behindSince);
  return { ...page, searchLagMs };
}

async function show(
  reading: Reading,
  ws: number,
  rows: readonly ExecutionRow[],
): Promise<ExecutionItem[]> {
  const { ledger, agents, clock } = reading;
  const names = await agents.names([...new Set(rows.map(({ agent }) => agent))]);
  const actors = await readActors(reading, ws);
  const readInLine = openInLine(reading);
  const allEnds = await readEndsOf(
    ledger,
    rows.map(({ no }) => no),
  );
  const items = await Promise.all(
    rows.map(async (row) => {
      const ends = allEnds.get(row.no);
      if (ends === undefined) return []; // it was pruned since its row was read
      const standing =
        row.state === "running" ? await readStanding(reading, row) : standingAtEnd(row, ends);
      const spent = await readSpent(ledger.store, row, clock.now());
      const inLine = await readInLine(row);
      const loaded = reading.versionOf(row.driver, row.driverVersion);
      const agent = names.get(row.agent);
      return showItem({ row, ends, agent, actors, standing, spent, inLine, loaded });
    }),
  );
  return items.flat();
}

/** What executions wait for that never began; those of one agent wait for the same. */
function openInLine({ inLine }: Reading): (row: ExecutionRow) => Promise<InLine> | undefined {
  const known = new Map<number, Promise<InLine>>();
  return ({ ws, agent, state }) => {
    if (state !== "queued") return undefined;
    const found = known.get(agent) ?? inLine(ws, agent);
    known.set(agent, found);
    return found;
  };
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
  return detail(reading, { row, ends, spent });
}

async function detailThen(reading: Reading, row: ExecutionRow, moment: Moment): Promise<Execution> {
  const past = await readPast(reading.ledger, row, moment);
  return detail({ ...reading, folds: { of: async () => past.fold }, inLine: inLineThen }, past);
}

/** Facts do not say why it stood in line. */
const inLineThen = async (): Promise<InLine> => ({ for: "turn" });

async function detail(
  reading: Reading,
  { row, ends, spent, at }: Omit<Past, "fold" | "at"> & Partial<Pick<Past, "at">>,
): Promise<Execution> {
  const { ledger, agents } = reading;
  const actors = await readActors(reading, row.ws);
  const steps = await readSteps(reading, row, ends);
  const item = showItem({
    row,
    ends,
    agent: (await agents.names([row.agent])).get(row.agent),
    actors,
    standing: standingOf(steps, row),
    spent,
    inLine: await openInLine(reading)(row),
    loaded: reading.versionOf(row.driver, row.driverVersion),
  });
  const canceled = lastOf(ends, "canceled");
  const version = ends.created.agentVersion;
  const saved = version === undefined ? undefined : await agents.version(row.agent, version);
  return {
    ...item,
    steps,
    instructions: saved?.instructions ?? null,
    reading: saved?.reading ?? null,
    canceledAt: canceled === undefined ? null : item.completedAt,
    canceledBy: canceled === undefined ? null : actors.of(canceled.by),
    parent: await parentOf(ledger, ends),
    children: (await countChildren(ledger.store, [row.no], at)).get(row.no) ?? 0,
    retries: await retriesOf(ledger, row, at),
    payloads: "full",
    archived: false,
  };
}

async function tree(
  reading: Reading,
  ws: number,
  id: string,
  query: TreeQuery,
): Promise<TreeNode[]> {
  const { no } = await mustRow(reading.ledger, ws, id);
  const nodes = await readTree(reading.ledger, no, query);
  const actors = await readActors(reading, ws);
  return nodes.map((node) => showNode(node, actors));
}

const MOST_RETRIES = 200;

async function parentOf({ store }: Ledger, { created }: Ends): Promise<ExecutionId | null> {
  const parent = created.parent && (await relative(store, created.parent.no));
  return parent === undefined ? null : (parent.id as ExecutionId);
}

/** Retries come after what they retry, of the same agent. */
async function retriesOf(
  { store }: Ledger,
  row: ExecutionRow,
  until: number | undefined,
): Promise<ExecutionId[]> {
  const { ws, agent, no: after } = row;
  const of = { ws, agent, trigger: "retry", cursor: cursorAfter(after), until } as const;
  const { rows } = await listRows(store, { ...of, sort: "oldest", limit: MOST_RETRIES });
  const allEnds = await readEndsOf(
    { store },
    rows.map(({ no }) => no),
  );
  return rows.flatMap(({ no, id }) =>
    allEnds.get(no)?.created.retryOf === row.id ? [id as ExecutionId] : [],
  );
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
  const agentOf = new Map(found.map((row) => [row.id, row.agent]));
  return new Map(
    items.map(({ id, status, phase, createdAt }) => [
      agentOf.get(id) ?? 0,
      { id, status, phase, createdAt },
    ]),
  );
}

async function openOf({ store }: Ledger, ws: number, agent: number): Promise<readonly string[]> {
  const open = store.db.selectFrom("live").select("id").where("lane", "=", 0).where("ws", "=", ws);
  const rows = await open.where("agent", "=", agent).execute();
  return rows.map(({ id }) => id);
}
