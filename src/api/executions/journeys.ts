import type { Selectable } from "kysely";

import type { Journey } from "#contract/shapes/executions.ts";
import type { Fact } from "#domain/facts.ts";
import type { Ledger } from "#ledger/ledger.ts";
import type { JourneysTable } from "#store/tables/ledger.ts";
import { numberAfter } from "#workspace/page.ts";

import { namesOf } from "../crm/show.ts";
import { showTimeOr } from "../times.ts";
import { showFault } from "./item.ts";
import type { ExecutionRow } from "./rows.ts";

export interface JourneyQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly state?: string | undefined;
}

/** The way of each entity through the plan, in the order in which they began. */
export async function listJourneys(
  ledger: Ledger,
  { no, ws }: ExecutionRow,
  { cursor, limit, state }: JourneyQuery,
): Promise<{ items: Journey[]; nextCursor: string | null }> {
  const { db } = ledger.store;
  let query = db.selectFrom("journeys").selectAll().where("no", "=", no);
  if (cursor !== undefined) query = query.where("lane", ">", numberAfter(cursor));
  if (state !== undefined) query = query.where("state", "=", state);
  const rows = await query
    .orderBy("lane")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const entities = shown.flatMap(({ entity }) => entity ?? []);
  const names = await namesOf(ledger.store, ws, entities);
  const items = await Promise.all(shown.map((row) => showJourney(ledger, row, names)));
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items,
    nextCursor: last === undefined ? null : Buffer.from(String(last.lane)).toString("base64url"),
  };
}

type Row = Selectable<JourneysTable>;
type Names = ReadonlyMap<string, { readonly name: string }>;

async function showJourney(ledger: Ledger, row: Row, names: Names): Promise<Journey> {
  const { no, lane, entity, state, plan_step, ended_at } = row;
  const latest = await latestFacts(ledger, no, lane);
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
    .limit(2)
    .execute();
  return rows.toReversed().flatMap(({ data }) => JSON.parse(data) as readonly Fact[]);
}
