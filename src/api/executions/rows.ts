/** Executions as lists find them: the open ones and the ended ones, as if they stood in one table. */
import { type Kind, KINDS } from "#domain/kinds.ts";
import type { Store } from "#store/store.ts";

import { readMarks } from "./marks.ts";

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
  readonly blocked: string | null;
  readonly blockedSince: number | null;
  /** The version of its program that it began with. */
  readonly driverVersion: string;
}

/** What an index narrows by itself; the rest is looked at row by row. */
export interface Narrowed {
  readonly ws: number;
  readonly agent?: number | undefined;
  readonly kind?: string | undefined;
  readonly state?: string | undefined;
}

export interface Stretch {
  /** Exclusive; null: from the end that the order begins with. */
  readonly from: number | null;
  readonly order: "asc" | "desc";
  readonly limit: number;
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

const UNMARKED = { blocked: null, blockedSince: null } as const;

async function openRows(
  store: Store,
  narrowed: Narrowed,
  { from, order, limit }: Stretch,
): Promise<readonly ExecutionRow[]> {
  let query = store.db
    .selectFrom("live")
    .select(SHARED)
    .where("lane", "=", 0)
    .where("ws", "=", narrowed.ws);
  if (narrowed.agent !== undefined) query = query.where("agent", "=", narrowed.agent);
  if (narrowed.kind !== undefined) query = query.where("kind", "=", narrowed.kind);
  if (narrowed.state !== undefined) query = query.where("state", "=", narrowed.state);
  if (from !== null) query = query.where("no", order === "desc" ? "<" : ">", from);
  const rows = await query.orderBy("no", order).limit(limit).execute();
  const marks = await readMarks(
    store,
    rows.map(({ no }) => no),
  );
  return rows.map((row) => ({
    ...shared(row),
    ...(marks.get(row.no) ?? UNMARKED),
    endedAt: null,
    waitedMs: null,
    warnings: 0,
    steps: 0,
    figures: {},
  }));
}

const OF_ENDED = ["ended_at", "waited_ms", "warnings", "steps", "figures"] as const;

async function endedRows(
  { db }: Store,
  narrowed: Narrowed,
  { from, order, limit }: Stretch,
): Promise<readonly ExecutionRow[]> {
  let query = db
    .selectFrom("executions")
    .select([...SHARED, ...OF_ENDED])
    .where("ws", "=", narrowed.ws);
  if (narrowed.agent !== undefined) query = query.where("agent", "=", narrowed.agent);
  if (narrowed.kind !== undefined) query = query.where("kind", "=", narrowed.kind);
  if (narrowed.state !== undefined) query = query.where("state", "=", narrowed.state);
  if (from !== null) query = query.where("no", order === "desc" ? "<" : ">", from);
  const rows = await query.orderBy("no", order).limit(limit).execute();
  return rows.map(({ ended_at, waited_ms, warnings, steps, figures, ...row }) => ({
    ...shared(row),
    ...UNMARKED,
    endedAt: ended_at,
    waitedMs: waited_ms,
    warnings,
    steps,
    figures: figures === null ? {} : (JSON.parse(figures) as Record<string, number>),
  }));
}

/** A stretch of both, in their order. One that ends between the two reads is taken once, as ended. */
export async function readStretch(
  store: Store,
  narrowed: Narrowed,
  stretch: Stretch,
): Promise<readonly ExecutionRow[]> {
  const open = await openRows(store, narrowed, stretch);
  const ended = await endedRows(store, narrowed, stretch);
  const byNo = new Map([...open, ...ended].map((row) => [row.no, row]));
  const sign = stretch.order === "desc" ? -1 : 1;
  return [...byNo.values()].toSorted((a, b) => sign * (a.no - b.no)).slice(0, stretch.limit);
}

/** One of them, whatever became of it; undefined: another workspace's, or none. */
export async function findRow(
  store: Store,
  ws: number,
  id: string,
): Promise<ExecutionRow | undefined> {
  const { db } = store;
  const live = await db
    .selectFrom("live")
    .select("no")
    .where("id", "=", id)
    .where("lane", "=", 0)
    .executeTakeFirst();
  const ended = await db
    .selectFrom("executions")
    .select("no")
    .where("id", "=", id)
    .executeTakeFirst();
  const no = ended?.no ?? live?.no;
  return no === undefined ? undefined : rowOf(store, ws, no);
}

export async function rowOf(
  store: Store,
  ws: number,
  no: number,
): Promise<ExecutionRow | undefined> {
  const [row] = await readStretch(store, { ws }, { from: no - 1, order: "asc", limit: 1 });
  return row?.no === no ? row : undefined;
}

/** The number of the last execution created at or before that moment: ids grow with time. 0: there is none. */
export async function lastCreatedBy({ db }: Store, at: number): Promise<number> {
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, "0");
  const unique = `${time.slice(0, 8)}-${time.slice(8)}-ffff-ffff-ffffffffffff`;
  let last = 0;
  for (const { prefix } of Object.values(KINDS)) {
    const [least, most] = [`${prefix}_`, `${prefix}_${unique}`];
    const ended = await db
      .selectFrom("executions")
      .select("no")
      .where("id", ">", least)
      .where("id", "<=", most)
      .orderBy("id", "desc")
      .executeTakeFirst();
    const open = await db
      .selectFrom("live")
      .select("no")
      .where("lane", "=", 0)
      .where("id", ">", least)
      .where("id", "<=", most)
      .orderBy("id", "desc")
      .executeTakeFirst();
    last = Math.max(last, ended?.no ?? 0, open?.no ?? 0);
  }
  return last;
}
