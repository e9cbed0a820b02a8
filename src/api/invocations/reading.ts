/** Invocations as the API reads them: from the ledger, with what this process knows of those that run. */
import { sql } from "kysely";

import type { Invocation, InvocationItem } from "#contract/shapes/invocations.ts";
import type { Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import type { LiveRounds } from "#drivers/invocation/live.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { upcast } from "#ledger/upcast.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { type Actors, idOf } from "../executions/actors.ts";
import type { Executions, PageOf } from "../executions/executions.ts";
import { cursorAfter, type ListQuery, listRows } from "../executions/list.ts";
import { endedRows, type ExecutionRow, openRows } from "../executions/rows.ts";
import { viewOf } from "../redact.ts";
import type { Standing } from "./following.ts";
import { indexesOf, IS_KEPT, letGoOf } from "./numbers.ts";
import { redactInvocation, redactItem } from "./redact.ts";
import { showInvocation, showItem } from "./show.ts";
import { readTold, readWhole, type Told } from "./told.ts";

export interface ReadingNeeds {
  /** Of what is open or has ended. */
  readonly ledger: Ledger;
  /** Also of what is archived. */
  readonly past: Pick<Ledger, "read" | "readPayloads">;
  readonly executions: Pick<Executions, "row" | "actors">;
  readonly live: LiveRounds;
  /** Where the files of all rounds are. */
  readonly folder: string;
  readonly clock: Clock;
}

/** @throws Fault `not_found`, also for an execution of another kind */
export async function rowOfInvocation(
  { executions }: Pick<ReadingNeeds, "executions">,
  ws: number,
  id: string,
): Promise<ExecutionRow> {
  const row = await executions.row(ws, id);
  if (row.kind === "invocation") return row;
  throw new Fault("not_found", `${id} is no invocation: it is an execution of another kind`, {
    suggestion: "GET …/executions/:executionId shows any",
  });
}

export async function getInvocation(
  needs: ReadingNeeds,
  entered: Entered,
  id: string,
): Promise<Invocation> {
  const row = await rowOfInvocation(needs, entered.workspace.no, id);
  const told = await readWhole(needs.past, row.no);
  if (told === undefined) throw new Fault("not_found", `${id} is not kept any more`);
  const actors = await needs.executions.actors(row.ws);
  const index = (await indexesOf(needs.ledger.store, [row.no])).get(row.no) ?? null;
  const parts = { row, told, index, actors, ...now(needs, row) };
  const shown = showInvocation(parts, needs.folder);
  return redactInvocation(shown, viewOf(entered, idOf(told.created.trigger.by)));
}

const now = ({ live, clock }: ReadingNeeds, { id }: ExecutionRow) => ({
  live: live.of(id),
  now: clock.now(),
});

export async function listInvocations(
  needs: ReadingNeeds,
  entered: Entered,
  query: Omit<ListQuery, "ws" | "kind" | "sort">,
): Promise<PageOf<InvocationItem>> {
  const of = { ...query, ws: entered.workspace.no, kind: "invocation", sort: "newest" } as const;
  const { rows, nextCursor } = await listRows(needs.ledger.store, of);
  return { items: await showAll(needs, entered, rows), nextCursor };
}

export interface OfNode extends PageOf<InvocationItem> {
  /** So many more are not kept any more. */
  readonly letGo: number;
}

/** All of a work node that are kept, by their numbers. */
export async function listOfNode(
  needs: ReadingNeeds,
  entered: Entered,
  nodeId: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<OfNode> {
  const { db } = needs.ledger.store;
  const numbered = await db
    .selectFrom("counted")
    .select(["n", "no"])
    .where("series", "=", nodeId)
    .where("n", ">", after)
    .where(IS_KEPT)
    .orderBy("n")
    .limit(limit + 1)
    .execute();
  const shown = numbered.slice(0, limit);
  const nos = shown.map(({ no }) => no);
  const where = [sql<boolean>`no in (${sql.join(nos.length === 0 ? [0] : nos)})`];
  const wanted = { where, order: "asc", limit } as const;
  const open = await openRows(db, { ...wanted, where: [sql`lane = 0`, ...where] });
  const rows = new Map([...(await endedRows(db, wanted)), ...open].map((row) => [row.no, row]));
  const kept = shown.flatMap(({ no }) => rows.get(no) ?? []);
  return {
    items: await showAll(needs, entered, kept),
    nextCursor: numbered.length > limit ? cursorAfter(shown.at(-1)?.n ?? 0) : null,
    letGo: await letGoOf(needs.ledger.store, nodeId),
  };
}

/** The id of the one with the highest number of those that are kept; undefined: there is none. */
export async function latestOfNode(
  { ledger: { store } }: ReadingNeeds,
  nodeId: string,
): Promise<string | undefined> {
  const last = await store.db
    .selectFrom("facts")
    .innerJoin("counted", "counted.no", "facts.no")
    .select(["facts.v", "facts.data"])
    .where("series", "=", nodeId)
    .where(IS_KEPT)
    .where("lane", "=", 0)
    .orderBy("n", "desc")
    .orderBy("version")
    .limit(1)
    .executeTakeFirst();
  const created = last && upcast(last.v, last.data)[0];
  return created?.t === "created" ? created.id : undefined;
}

/** One as a list shows it, and which of its rounds are over. */
export async function itemOf(needs: ReadingNeeds, entered: Entered, id: string): Promise<Standing> {
  const row = await rowOfInvocation(needs, entered.workspace.no, id);
  const found = (await readTold(needs.ledger, [row.no])).get(row.no);
  const told = found ?? (await readWhole(needs.past, row.no)); // archived
  if (told === undefined) throw new Fault("not_found", `${id} is not kept any more`);
  const index = (await indexesOf(needs.ledger.store, [row.no])).get(row.no) ?? null;
  const actors = await needs.executions.actors(row.ws);
  const item = showOne(needs, entered, row, told, index, actors);
  return { item, over: new Set(told.over.keys()) };
}

async function showAll(
  needs: ReadingNeeds,
  entered: Entered,
  rows: readonly ExecutionRow[],
): Promise<InvocationItem[]> {
  const nos = rows.map(({ no }) => no);
  const { store } = needs.ledger;
  const [told, indexes] = [await readTold({ store }, nos), await indexesOf(store, nos)];
  const actors = await needs.executions.actors(entered.workspace.no);
  return rows.flatMap((row) => {
    const known = told.get(row.no);
    const index = indexes.get(row.no) ?? null;
    return known === undefined ? [] : [showOne(needs, entered, row, known, index, actors)];
  });
}

function showOne(
  needs: ReadingNeeds,
  entered: Entered,
  row: ExecutionRow,
  told: Told,
  index: number | null,
  actors: Actors,
): InvocationItem {
  const shown = showItem({ row, told, index, actors, ...now(needs, row) });
  return redactItem(shown, viewOf(entered, idOf(told.created.trigger.by)));
}
