import type { Selectable } from "kysely";

import type { Journey, Moment } from "#contract/shapes/executions.ts";
import type { Fact, LaneOpenedFact } from "#domain/facts.ts";
import { evolveJourney, openJourney } from "#domain/journey.ts";
import type { Entry, Ledger } from "#ledger/ledger.ts";
import type { JourneysTable } from "#store/tables/ledger.ts";
import { numberAfter } from "#workspace/page.ts";

import { namesOf } from "../crm/show.ts";
import { showTimeOr } from "../times.ts";
import { showFault } from "./item.ts";
import { entriesUpTo } from "./past.ts";
import type { ExecutionRow } from "./rows.ts";

export interface JourneyQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly state?: string | undefined;
  /** As they stood then. */
  readonly at?: Moment | undefined;
}

interface Seen {
  readonly row: Row;
  /** The facts of its last appends. */
  readonly latest: readonly Fact[];
}

/** The way of each entity through the plan, in the order in which they began. */
export async function listJourneys(
  ledger: Ledger,
  execution: ExecutionRow,
  query: JourneyQuery,
): Promise<{ items: Journey[]; nextCursor: string | null }> {
  const { at, limit } = query;
  const found =
    at === undefined
      ? await readNow(ledger, execution, query)
      : await readThen(ledger, execution, at, query);
  const shown = found.slice(0, limit);
  const entities = shown.flatMap(({ row }) => row.entity ?? []);
  const names = await namesOf(ledger.store, execution.ws, entities);
  const last = found.length > limit ? shown.at(-1)?.row.lane : undefined;
  return {
    items: shown.map((seen) => showJourney(seen, names)),
    nextCursor: last === undefined ? null : Buffer.from(String(last)).toString("base64url"),
  };
}

async function readNow(
  ledger: Ledger,
  { no }: ExecutionRow,
  { cursor, limit, state }: JourneyQuery,
): Promise<readonly Seen[]> {
  let query = ledger.store.db.selectFrom("journeys").selectAll().where("no", "=", no);
  if (cursor !== undefined) query = query.where("lane", ">", numberAfter(cursor));
  if (state !== undefined) query = query.where("state", "=", state);
  const rows = await query
    .orderBy("lane")
    .limit(limit + 1)
    .execute();
  return Promise.all(
    rows.map(async (row) => ({ row, latest: await latestFacts(ledger, no, row.lane) })),
  );
}

/** Folded from the facts up to that moment. */
async function readThen(
  ledger: Ledger,
  execution: ExecutionRow,
  at: Moment,
  { cursor, limit, state }: JourneyQuery,
): Promise<readonly Seen[]> {
  const entries = (await entriesUpTo(ledger, execution.no, at)).filter(({ lane }) => lane > 0);
  const after = cursor === undefined ? 0 : numberAfter(cursor);
  return [...Map.groupBy(entries, ({ lane }) => lane)]
    .map(([lane, own]) => ({ row: rowThen(execution, lane, own), latest: latestOf(own) }))
    .filter(({ row }) => row.lane > after && (state ?? row.state) === row.state)
    .toSorted((a, b) => a.row.lane - b.row.lane)
    .slice(0, limit + 1);
}

function rowThen({ no, ws, agent }: ExecutionRow, lane: number, own: readonly Entry[]): Row {
  let journey = openJourney(own[0]?.facts[0] as LaneOpenedFact);
  for (const { facts, at } of own)
    journey = facts.reduce((next, fact) => evolveJourney(next, fact, at), journey);
  const { entity, state, planStep: plan_step, endedAt: ended_at } = journey;
  return { no, lane, ws, agent, entity, state, plan_step, ended_at };
}

const LATEST_APPENDS = 2;
const latestOf = (own: readonly Entry[]): readonly Fact[] =>
  own.slice(-LATEST_APPENDS).flatMap(({ facts }) => facts);

type Row = Selectable<JourneysTable>;
type Names = ReadonlyMap<string, { readonly name: string }>;

function showJourney({ row, latest }: Seen, names: Names): Journey {
  const { lane, entity, state, plan_step, ended_at } = row;
  const fault = latest.findLast((fact) => fact.t === "failed")?.fault;
  const waiting = latest.findLast((fact) => fact.t === "waiting");
  return {
    lane,
    entity: entity === null ? null : entityOf(entity, names),
    state,
    // The step that it came to last is on its row only once that has ended.
    planStep: state === "waiting" ? (waiting?.on[0] ?? plan_step) : plan_step,
    resumeAt: showTimeOr(state === "waiting" ? waiting?.until : null),
    endedAt: showTimeOr(ended_at),
    error: fault === undefined ? null : showFault(fault),
  };
}

const TYPES = { con: "contact", com: "company", deal: "deal" } as const;

function entityOf(
  id: string,
  names: ReadonlyMap<string, { readonly name: string }>,
): Journey["entity"] {
  const prefix = id.slice(0, id.indexOf("_")) as keyof typeof TYPES;
  return { type: TYPES[prefix] ?? "contact", id, name: names.get(id)?.name ?? "deleted" };
}

async function latestFacts(ledger: Ledger, no: number, lane: number): Promise<readonly Fact[]> {
  const rows = await ledger.store.db
    .selectFrom("facts")
    .select("data")
    .where("no", "=", no)
    .where("lane", "=", lane)
    .orderBy("version", "desc")
    .limit(LATEST_APPENDS)
    .execute();
  return rows.toReversed().flatMap(({ data }) => JSON.parse(data) as readonly Fact[]);
}
