/**
 * The projections, folded anew from all facts by the same pure functions that keep them, on top of the
 * sums of what was pruned: who looks after a store can compare the two, and they are equal. Claims (owner, epoch, wake, due time) and the
 * mark of what is blocked are no history, so they are not compared.
 */
import { createExecution, evolve, type Execution } from "#domain/execution.ts";
import type { Fact } from "#domain/facts.ts";
import { evolveJourney, openJourney, type Journey } from "#domain/journey.ts";
import { hasEnded } from "#domain/kinds.ts";
import { addCount, addEncoded, encodeSketch, type Sketch } from "#domain/sketch.ts";
import type { Tables } from "#store/tables.ts";

import { contribution } from "./contribution.ts";
import type { Entry, Ledger } from "./ledger.ts";
import { beingDeleted } from "./pruning.ts";
import { identityOf, endedRow } from "./rows.ts";

/** Days since 1970-01-01 of a moment in a workspace's zone. */
export type DayOf = (ws: number, at: number) => number;
export type Value = string | number | null | Uint8Array;
/** A table's rows by their keys. */
export type Rows = Map<string, Readonly<Record<string, Value>>>;
export type Projected = "live" | "executions" | "journeys" | "rollups" | "sketches" | "totals";
export type Projections = Readonly<Record<Projected, Rows>>;
/** What all executions add to. */
export const SUMMED = ["rollups", "sketches", "totals"] as const;
type Summed = (typeof SUMMED)[number];
export type Sums = Pick<Projections, Summed>;
/** What was pruned has added to these. */
export const BASE_OF = {
  rollups: "rollup_base",
  sketches: "sketch_base",
  totals: "total_base",
} as const;

const AT_ONCE = 1000;
const DAY_MS = 86_400_000;
const utcDay: DayOf = (_ws, at) => Math.floor(at / DAY_MS);

/**
 * What differs between the projections as they are and as the facts have them; nothing should. To be
 * asked while nothing is appended, since the facts are read one page after another.
 */
export async function compareWithRebuilt(
  ledger: Ledger,
  dayOf: DayOf = utcDay,
): Promise<readonly string[]> {
  const rebuilt = await rebuild(ledger, dayOf);
  const differences = await Promise.all(
    COMPARED.map(async ({ table, keys, columns }) => {
      const kept = await readRows(ledger, table, keys, columns);
      return differencesOf(table, kept, rebuilt[table]);
    }),
  );
  return differences.flat();
}

/** The projections of these facts alone, which are whole executions; what they add to the sums is added to `sums`. */
export function project(entries: Iterable<Entry>, dayOf: DayOf, sums: Sums): Projections {
  const state = openState(dayOf, sums);
  for (const entry of entries) take(state, entry);
  return finish(state);
}

/** Folds all facts from the first position on, but those that are only not deleted yet. */
async function rebuild(ledger: Ledger, dayOf: DayOf = utcDay): Promise<Projections> {
  const state = openState(dayOf, await readBase(ledger));
  const gone = new Set(await beingDeleted(ledger));
  for (let position = 0; ;) {
    const entries = await ledger.readAfter(position, AT_ONCE);
    for (const entry of entries) if (!gone.has(entry.no)) take(state, entry);
    const last = entries.at(-1);
    if (last === undefined) break;
    position = last.position;
  }
  return finish(state);
}

interface Known<Of> {
  readonly entry: Entry;
  readonly openedAt: number;
  readonly of: Of;
}
interface State {
  readonly dayOf: DayOf;
  readonly executions: Map<number, Known<Execution>>;
  readonly lanes: Map<string, Known<Journey>>;
  readonly rows: Projections;
}

function openState(dayOf: DayOf, sums: Sums): State {
  const rows = { live: new Map(), executions: new Map(), journeys: new Map(), ...sums };
  return { dayOf, executions: new Map(), lanes: new Map(), rows };
}

function finish(state: State): Projections {
  for (const known of state.executions.values()) addExecution(state, known);
  for (const known of state.lanes.values()) addLane(state, known);
  return state.rows;
}

/** The sums of what was pruned. */
async function readBase(ledger: Ledger): Promise<Sums> {
  const base = async (summed: Summed): Promise<Rows> => {
    const compared = COMPARED.find(({ table }) => table === summed);
    if (compared === undefined) throw new Error(`${summed} are compared too`);
    return readRows(ledger, BASE_OF[summed], compared.keys, compared.columns);
  };
  return {
    rollups: await base("rollups"),
    sketches: await base("sketches"),
    totals: await base("totals"),
  };
}

function take(state: State, entry: Entry): void {
  const { no, lane } = entry;
  if (lane === 0) {
    const before = state.executions.get(no);
    const of = foldExecution(before?.of, entry);
    state.executions.set(no, { entry, of, openedAt: before?.openedAt ?? entry.at });
    return;
  }
  const key = `${no}/${lane}`;
  const before = state.lanes.get(key);
  const of = foldJourney(before?.of, entry);
  state.lanes.set(key, { entry, of, openedAt: before?.openedAt ?? entry.at });
}

function foldExecution(before: Execution | undefined, { facts, at, no }: Entry): Execution {
  const execution = before ?? createExecution(firstOf(facts, "created", no), at);
  return facts.reduce((next, fact) => evolve(next, fact, at), execution);
}

function foldJourney(before: Journey | undefined, { facts, at, no }: Entry): Journey {
  const journey = before ?? openJourney(firstOf(facts, "laneOpened", no));
  return facts.reduce((next, fact) => evolveJourney(next, fact, at), journey);
}

function firstOf<T extends Fact["t"]>(
  [first]: readonly Fact[],
  type: T,
  no: number,
): Extract<Fact, { readonly t: T }> {
  if (first?.t !== type) throw new Error(`the stream of execution ${no} does not begin by ${type}`);
  return first as Extract<Fact, { readonly t: T }>;
}

function addExecution({ rows, dayOf }: State, { entry, of }: Known<Execution>): void {
  const { no, version, epoch } = entry;
  const { created, state, createdAt, startedAt, endedAt, pausedBy } = of;
  const { id, ws, kind, agent, target, driver, driverVersion, trigger, label, parentNo } =
    identityOf(created);
  const shared = { id, ws, kind, agent, target, driver, driver_version: driverVersion };
  const more = {
    trigger,
    label,
    parent_no: parentNo,
    created_at: createdAt,
    started_at: startedAt,
  };
  if (!hasEnded(created.kind, state) || endedAt === null) {
    rows.live.set(`${no}/0`, { ...shared, state, ...more, paused_by: pausedBy });
    return;
  }
  const row = endedRow(of, dayOf(ws, endedAt));
  rows.executions.set(String(no), {
    ...shared,
    ...more,
    state,
    version,
    epoch,
    ended_at: endedAt,
    waited_ms: row.waitedMs,
    steps: row.steps,
    retries: row.retries,
    warnings: row.warnings,
    error_code: row.errorCode,
    figures: row.figures,
    cost: row.spending?.cost ?? null,
    cost_unknown: row.spending?.unknown ?? null,
    tokens: row.spending === null ? null : JSON.stringify(row.spending.tokens),
  });
  addContribution(rows, contribution(row, state, endedAt));
}

function addContribution(
  rows: Projections,
  { keys, sum, bucket, totals }: ReturnType<typeof contribution>,
): void {
  for (const { ws, agent, kind, state, span, start } of keys) {
    add(rows.rollups, [ws, span, start, agent, kind, state], {
      n: sum.n,
      duration_ms: sum.durationMs,
      active_ms: sum.activeMs,
      steps: sum.steps,
      retries: sum.retries,
      warnings: sum.warnings,
    });
    if (bucket !== null) addDuration(rows.sketches, [ws, span, start, agent, kind], bucket);
    for (const [name, n] of totals) add(rows.totals, [ws, span, start, agent, kind, name], { n });
  }
}

function addDuration(rows: Rows, keys: readonly Value[], bucket: number): void {
  const key = keys.join("/");
  const sketch: Sketch = [];
  addCount(sketch, bucket, 1);
  const before = rows.get(key)?.["counts"];
  if (before instanceof Uint8Array) addEncoded(sketch, before);
  rows.set(key, { counts: encodeSketch(sketch) });
}

function add(rows: Rows, keys: readonly Value[], counts: Readonly<Record<string, number>>): void {
  const key = keys.join("/");
  const before = rows.get(key);
  const sums = Object.entries(counts).map(([name, n]) => [name, Number(before?.[name] ?? 0) + n]);
  rows.set(key, Object.fromEntries(sums) as Readonly<Record<string, number>>);
}

function addLane({ rows, executions }: State, { entry, of, openedAt }: Known<Journey>): void {
  const { no, lane } = entry;
  const created = executions.get(no)?.of.created;
  if (created === undefined) throw new Error(`lane ${lane} belongs to no execution ${no}`);
  const { id, ws, kind, agent, driver, driverVersion, trigger } = identityOf(created);
  const { state, entity, planStep, endedAt } = of;
  const key = `${no}/${lane}`;
  rows.journeys.set(key, { ws, agent, entity, state, plan_step: planStep, ended_at: endedAt });
  if (endedAt !== null) return;
  const shared = { id, ws, kind, agent, target: null, driver, driver_version: driverVersion };
  const opened = { trigger, label: null, parent_no: null, created_at: openedAt, started_at: null };
  rows.live.set(key, { ...shared, state, ...opened, paused_by: null });
}

export interface Compared {
  readonly table: Projected & keyof Tables;
  readonly keys: readonly string[];
  readonly columns: readonly string[];
}

const IDENTITY = ["id", "ws", "kind", "agent", "target", "driver", "driver_version", "state"];
const ORIGIN = ["trigger", "label", "parent_no", "created_at", "started_at"];
const ENDED = [
  "version",
  "epoch",
  "ended_at",
  "waited_ms",
  "steps",
  "retries",
  "warnings",
  "error_code",
];
const SAID = ["figures", "cost", "cost_unknown", "tokens"];
const SUMS = ["n", "duration_ms", "active_ms", "steps", "retries", "warnings"];
export const COMPARED: readonly Compared[] = [
  { table: "live", keys: ["no", "lane"], columns: [...IDENTITY, ...ORIGIN, "paused_by"] },
  { table: "executions", keys: ["no"], columns: [...IDENTITY, ...ORIGIN, ...ENDED, ...SAID] },
  {
    table: "journeys",
    keys: ["no", "lane"],
    columns: ["ws", "agent", "entity", "state", "plan_step", "ended_at"],
  },
  { table: "rollups", keys: ["ws", "span", "start", "agent", "kind", "state"], columns: SUMS },
  { table: "sketches", keys: ["ws", "span", "start", "agent", "kind"], columns: ["counts"] },
  { table: "totals", keys: ["ws", "span", "start", "agent", "kind", "name"], columns: ["n"] },
];

async function readRows(
  { store }: Ledger,
  table: keyof Tables,
  keys: readonly string[],
  columns: readonly string[],
): Promise<Rows> {
  const kept = (await store.db.selectFrom(table).selectAll().execute()) as Record<string, Value>[];
  return new Map(
    kept.map((row) => [
      keys.map((key) => row[key]).join("/"),
      Object.fromEntries(columns.map((column) => [column, row[column] ?? null])),
    ]),
  );
}

export function differencesOf(table: string, kept: Rows, rebuilt: Rows): readonly string[] {
  const keys = [...new Set([...kept.keys(), ...rebuilt.keys()])];
  return keys.flatMap((key) => {
    const [is, says] = [kept.get(key), rebuilt.get(key)];
    if ((is === undefined || says === undefined) && isNothing(is ?? says)) return [];
    if (is === undefined) return [`${table} ${key} is missing`];
    if (says === undefined) return [`${table} ${key} has no facts`];
    return Object.keys(says).flatMap((column) => {
      const [stands, told] = [String(is[column] ?? null), String(says[column] ?? null)];
      return stands === told
        ? []
        : [`${table} ${key}: ${column} is ${stands}, its facts say ${told}`];
    });
  });
}

/** A total of 0 is the same as none: a sum does not tell whether a cost of 0 is left when another was taken out. */
function isNothing(row: Readonly<Record<string, Value>> | undefined): boolean {
  return row !== undefined && Object.keys(row).join() === "n" && Number(row["n"]) === 0;
}
