/** Executions as lists find them: the open ones and the ended ones, as if they stood in one table. */
import { type RawBuilder, sql } from "kysely";

import { type Kind, KINDS } from "#domain/kinds.ts";
import type { Spending } from "#domain/spending.ts";
import type { Store } from "#store/store.ts";

import { readMarks } from "./marks.ts";
import { readSpending } from "./spending.ts";

export interface ExecutionRow {
  readonly no: number;
  readonly id: string;
  readonly ws: number;
  readonly kind: Kind;
  /** The agent's number; 0: none. */
  readonly agent: number;
  readonly state: string;
  readonly driver: string;
  readonly trigger: string;
  readonly label: string | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  /** Null while it is open. */
  readonly endedAt: number | null;
  readonly waitedMs: number | null;
  readonly warnings: number;
  readonly steps: number;
  readonly figures: Readonly<Record<string, number>>;
  readonly spending: Spending | null;
  readonly blocked: string | null;
  readonly blockedSince: number | null;
  /** The version of its program that it is on. */
  readonly driverVersion: string;
  /** Who paused it, as facts name them. */
  readonly pausedBy: string | null;
}

const SHARED = [
  "no",
  "id",
  "ws",
  "kind",
  "agent",
  "state",
  "driver",
  "driver_version",
  "trigger",
  "label",
  "created_at",
  "started_at",
] as const;

type Shared = Readonly<
  Record<"id" | "kind" | "state" | "driver" | "driver_version" | "trigger", string>
> &
  Readonly<Record<"no" | "ws" | "agent" | "created_at", number>> & {
    readonly label: string | null;
    readonly started_at: number | null;
  };

function shared({ created_at, started_at, driver_version, kind, ...row }: Shared) {
  const times = { createdAt: created_at, startedAt: started_at };
  return { ...row, ...times, kind: kind as Kind, driverVersion: driver_version };
}

export type Database = Store["db"];
type Reading = Pick<Store, "db">;
export type Condition = RawBuilder<boolean>;
export type Order = "asc" | "desc";

export interface Wanted {
  /** All of them hold; of the open ones also lanes, unless `lane = 0` is among them. */
  readonly where: readonly Condition[];
  readonly order: Order;
  readonly limit: number;
}

const UNMARKED = { blocked: null, blockedSince: null } as const;

export async function openRows(
  db: Database,
  { where, order, limit }: Wanted,
): Promise<readonly ExecutionRow[]> {
  const rows = await db
    .selectFrom("live")
    .select([...SHARED, "paused_by"])
    .where((eb) => eb.and([...where]))
    .orderBy("no", order)
    .limit(limit)
    .execute();
  const marks = await readMarks(
    db,
    rows.map(({ no }) => no),
  );
  return rows.map(({ paused_by, ...row }) => ({
    ...shared(row),
    ...(marks.get(row.no) ?? UNMARKED),
    pausedBy: paused_by,
    endedAt: null,
    waitedMs: null,
    warnings: 0,
    steps: 0,
    figures: {},
    spending: null,
  }));
}

const OF_ENDED = [
  "ended_at",
  "waited_ms",
  "warnings",
  "steps",
  "figures",
  "cost",
  "cost_unknown",
  "tokens",
] as const;

export async function endedRows(
  db: Database,
  { where, order, limit }: Wanted,
): Promise<readonly ExecutionRow[]> {
  const rows = await db
    .selectFrom("executions")
    .select([...SHARED, ...OF_ENDED])
    .where((eb) => eb.and([...where]))
    .orderBy("no", order)
    .limit(limit)
    .execute();
  return rows.map(
    ({ ended_at, waited_ms, warnings, steps, figures, cost, cost_unknown, tokens, ...row }) => ({
      ...shared(row),
      ...UNMARKED,
      pausedBy: null,
      endedAt: ended_at,
      waitedMs: waited_ms,
      warnings,
      steps,
      figures: figures === null ? {} : (JSON.parse(figures) as Record<string, number>),
      spending: readSpending(cost, cost_unknown, tokens),
    }),
  );
}

/** One of them, whatever became of it; undefined: another workspace's, or none. */
export function findRow(
  { db }: Reading,
  ws: number,
  id: string,
): Promise<ExecutionRow | undefined> {
  return oneOf(db, [sql<boolean>`+ws = ${ws}`, sql<boolean>`id = ${id}`]);
}

export function rowOf({ db }: Reading, ws: number, no: number): Promise<ExecutionRow | undefined> {
  return oneOf(db, [sql<boolean>`+ws = ${ws}`, sql<boolean>`no = ${no}`]);
}

/** Looked for among the open ones first: one that ends in between is found among the ended. */
async function oneOf(db: Database, where: readonly Condition[]): Promise<ExecutionRow | undefined> {
  const wanted: Wanted = { where, order: "asc", limit: 1 };
  const [open] = await openRows(db, { ...wanted, where: [sql`lane = 0`, ...where] });
  return open ?? (await endedRows(db, wanted))[0];
}

/** The number of the last execution created at or before that moment: ids grow with time. 0: there is none. */
export async function lastCreatedBy(db: Database, at: number): Promise<number> {
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, "0");
  const unique = `${time.slice(0, 8)}-${time.slice(8)}-ffff-ffff-ffffffffffff`;
  const lasts = Object.values(KINDS).flatMap(({ prefix }) => {
    const within = sql`id > ${`${prefix}_`} and id <= ${`${prefix}_${unique}`} order by id desc limit 1`;
    return [
      sql`select * from (select no from executions where ${within}) as ended`,
      sql`select * from (select no from live where lane = 0 and ${within}) as open`,
    ];
  });
  const found = await sql<{ readonly last: number | null }>`
    select max(no) as last from (${sql.join(lasts, sql` union all `)}) as lasts`.execute(db);
  return found.rows[0]?.last ?? 0;
}
