/** Executions as the API shows them: lists, one with its steps, its facts, its journeys. */
import type { Execution, ExecutionItem, Fact, Journey } from "#contract/shapes/executions.ts";
import { Fault } from "#domain/fault.ts";
import type { ExecutionId } from "#domain/id.ts";
import type { Entry, Ledger } from "#ledger/ledger.ts";
import { numberAfter } from "#workspace/page.ts";
import type { WorkspaceServices } from "#workspace/workspace.ts";

import { showFacts } from "../facts.ts";
import { entriesBetween } from "../live/reads.ts";
import { type Actors, actorsNamed } from "./actors.ts";
import { describe, type Description } from "./describe.ts";
import { type Ends, lastOf, showItem } from "./item.ts";
import { listJourneys } from "./journeys.ts";
import { type ListQuery, listRows } from "./list.ts";
import { type ExecutionRow, findRow, rowOf } from "./rows.ts";

export interface ExecutionPage {
  readonly items: ExecutionItem[];
  readonly nextCursor: string | null;
  readonly lookedBackTo: number | null;
}

export interface PageOf<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

interface Paging {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface Executions {
  readonly list: (query: ListQuery) => Promise<ExecutionPage>;
  readonly item: (ws: number, no: number) => Promise<ExecutionItem | undefined>;
  /** @throws Fault `not_found`, also for another workspace's. */
  readonly row: (ws: number, id: string) => Promise<ExecutionRow>;
  readonly detail: (ws: number, id: string) => Promise<Execution>;
  readonly ends: (no: number) => Promise<Ends>;
  readonly facts: (
    ws: number,
    id: string,
    query: Paging & { readonly lane?: number | undefined },
  ) => Promise<PageOf<Fact>>;
  readonly journeys: (
    ws: number,
    id: string,
    query: Paging & { readonly state?: string | undefined },
  ) => Promise<PageOf<Journey>>;
  /** Its last execution, by number of the agent. */
  readonly lastOf: (
    ws: number,
    agents: readonly number[],
  ) => Promise<ReadonlyMap<number, LastExecution>>;
}

export interface LastExecution {
  readonly id: ExecutionId;
  readonly status: string;
  readonly phase: string;
  readonly createdAt: string;
}

export interface ExecutionNeeds extends Pick<WorkspaceServices, "agents" | "members"> {
  readonly ledger: Ledger;
  /** Names of a workspace's API keys by their id. */
  readonly keyNames: (ws: number) => Promise<ReadonlyMap<string, string>>;
}

export function openExecutions(needs: ExecutionNeeds): Executions {
  const { ledger, agents } = needs;
  const { store } = ledger;

  async function mustRow(ws: number, id: string): Promise<ExecutionRow> {
    const row = await findRow(store, ws, id);
    if (row !== undefined) return row;
    throw new Fault("not_found", `There is no execution ${id} in this workspace`);
  }

  async function show(ws: number, rows: readonly ExecutionRow[]): Promise<ExecutionItem[]> {
    const names = await agents.names([...new Set(rows.map(({ agent }) => agent))]);
    const actors = await readActors(needs, ws);
    return Promise.all(
      rows.map(async (row) => {
        const ends = await readEnds(ledger, row.no);
        return showItem({ row, ends, agent: names.get(row.agent), actors, stepsTotal: null });
      }),
    );
  }

  return {
    row: mustRow,
    ends: (no) => readEnds(ledger, no),
    list: async (query) => {
      const { rows, nextCursor, lookedBackTo } = await listRows(store, query);
      return { items: await show(query.ws, rows), nextCursor, lookedBackTo };
    },
    item: async (ws, no) => {
      const row = await rowOf(store, ws, no);
      return row === undefined ? undefined : (await show(ws, [row]))[0];
    },
    detail: async (ws, id) => {
      const row = await mustRow(ws, id);
      const [item] = await show(ws, [row]);
      if (item === undefined) throw new Fault("not_found");
      const ends = await readEnds(ledger, row.no);
      const described = await describe({ ledger, agents }, row, ends);
      return {
        ...item,
        ...described,
        ...(await canceling(needs, row, ends)),
        retries: [],
        payloads: "full",
      };
    },
    facts: async (ws, id, { cursor, limit, lane }) => {
      const { no } = await mustRow(ws, id);
      const after = cursor === undefined ? 0 : numberAfter(cursor);
      return pageOfFacts(await readEntries(ledger, no, lane, after, limit), after, limit);
    },
    journeys: async (ws, id, query) => listJourneys(ledger, await mustRow(ws, id), query),
    lastOf: async (ws, nos) => {
      const found = await Promise.all(
        nos.map(
          async (agent) => (await listRows(store, { ws, agent, sort: "newest", limit: 1 })).rows,
        ),
      );
      const rows = found.flat();
      const items = await show(ws, rows);
      return new Map(
        items.map(({ id, status, phase, createdAt }, index) => [
          rows[index]?.agent ?? 0,
          { id, status, phase, createdAt },
        ]),
      );
    },
  };
}

/** The first append of the driver's own stream and the last few: how it began and where it stands. */
async function readEnds({ store }: Ledger, no: number): Promise<Ends> {
  const stream = store.db
    .selectFrom("facts")
    .select(["at", "data"])
    .where("no", "=", no)
    .where("lane", "=", 0);
  const first = await stream.orderBy("version").limit(1).executeTakeFirstOrThrow();
  const last = await stream.orderBy("version", "desc").limit(3).execute();
  const [created] = JSON.parse(first.data) as [Ends["created"]];
  const latest = last.toReversed().flatMap(({ data }) => JSON.parse(data) as Ends["latest"]);
  return { created, latest, latestAt: last[0]?.at ?? first.at };
}

async function readActors({ members, keyNames }: ExecutionNeeds, ws: number): Promise<Actors> {
  const people = (await members.list(ws)).map(({ userId, name }) => [userId, name] as const);
  return actorsNamed(new Map([...people, ...(await keyNames(ws))]));
}

async function canceling(
  needs: ExecutionNeeds,
  row: ExecutionRow,
  ends: Ends,
): Promise<Pick<Execution, "canceledAt" | "canceledBy">> {
  const canceled = lastOf(ends, "canceled");
  if (canceled === undefined || row.endedAt === null) return { canceledAt: null, canceledBy: null };
  const actors = await readActors(needs, row.ws);
  return { canceledAt: new Date(row.endedAt).toISOString(), canceledBy: actors.of(canceled.by) };
}

async function readEntries(
  ledger: Ledger,
  no: number,
  lane: number | undefined,
  after: number,
  limit: number,
): Promise<readonly Entry[]> {
  if (lane === undefined) return entriesBetween(ledger, no, after, Number.MAX_SAFE_INTEGER, limit);
  return (await ledger.read(no, lane)).filter(({ position }) => position > after);
}

/** Pages end between facts, also within one append. */
function pageOfFacts(entries: readonly Entry[], after: number, limit: number): PageOf<Fact> {
  const facts = entries.flatMap(showFacts).filter(({ position }) => position > after);
  const items = facts.slice(0, limit);
  const last = items.at(-1);
  const isMore = facts.length > limit || entries.length === limit;
  const next =
    isMore && last !== undefined ? Buffer.from(String(last.position)).toString("base64url") : null;
  return { items, nextCursor: next };
}

export type { Description };
