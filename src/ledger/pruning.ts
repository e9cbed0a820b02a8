/** Finds ended executions that may go, and lets them go little by little. */
import { type RawBuilder, sql } from "kysely";

import type { Write } from "#store/store.ts";

import type { Ledger } from "./ledger.ts";
import { MAY_GO } from "./protocol/prune.ts";
import type { DayOf } from "./rebuild.ts";

export interface Leaving {
  readonly ws: number;
  readonly kind: string;
  /** Only those that ended before. */
  readonly before: number;
}

export interface Ended {
  readonly no: number;
  readonly id: string;
  readonly ws: number;
  readonly agent: number;
  readonly endedAt: number;
}

const LOOKED_AT_ONCE = 500;

/**
 * Those that may go, oldest first, at most so many at a time. Numbers grow with time, and nothing ends before it was
 * created: behind the first that was created too late there are no more, and of those before it few have stayed.
 */
export async function* endedBefore(
  ledger: Ledger,
  leaving: Leaving,
  most: number,
): AsyncGenerator<readonly Ended[]> {
  let found: Ended[] = [];
  for await (const rows of pagesOf(ledger, leaving)) {
    found.push(...rows.filter(({ endedAt }) => endedAt < leaving.before));
    for (; found.length >= most; found = found.slice(most)) yield found.slice(0, most);
  }
  if (found.length > 0) yield found;
}

async function* pagesOf(
  { store }: Ledger,
  { ws, kind, before }: Leaving,
): AsyncGenerator<readonly Ended[]> {
  for (let after = 0; ;) {
    const rows = await store.db
      .selectFrom("executions")
      .select(["no", "id", "ws", "agent", "created_at", "ended_at as endedAt"])
      .where("ws", "=", ws)
      .where("kind", "=", kind)
      .where("no", ">", after)
      .where(sql<boolean>`${sql.raw(MAY_GO)}`)
      .where(sql<boolean>`not ${cameInSince(before)}`)
      .orderBy("no")
      .limit(LOOKED_AT_ONCE)
      .execute();
    yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < LOOKED_AT_ONCE || last.created_at >= before) return;
    after = last.no;
  }
}

/** What ran elsewhere is kept from when it came in. */
function cameInSince(before: number): RawBuilder<boolean> {
  return sql`exists (select 1 from commands c join imported i on i.ws = c.ws and i.name = c.key
    where c.no = executions.no and i.at >= ${before})`;
}

export interface PruningOptions {
  readonly dayOf: DayOf;
  /** What else is kept of an execution and goes with it. */
  readonly along?: (ended: Ended) => readonly Write[];
}

/** So that one batch holds the writer for a few milliseconds: others' appends come in between. */
const EXECUTIONS_AT_ONCE = 40;
const ROWS_AT_ONCE = 400;

/** Answers with how many went. */
export async function pruneAll(
  ledger: Ledger,
  ended: readonly Ended[],
  { dayOf, along }: PruningOptions,
): Promise<number> {
  let pruned = 0;
  for (let from = 0; from < ended.length; from += EXECUTIONS_AT_ONCE) {
    const some = ended.slice(from, from + EXECUTIONS_AT_ONCE);
    const executions = some.map(({ no, ws, endedAt }) => ({
      no,
      endedAt,
      day: dayOf(ws, endedAt),
    }));
    const writes = along === undefined ? [] : some.flatMap(along);
    const outcome = await ledger.append({ op: "prune", executions, most: ROWS_AT_ONCE, writes });
    pruned += outcome.pruned;
    if (outcome.isLeft) await sweep(ledger);
  }
  return pruned;
}

/** Deletes what is left of those that went: also of those that went before a crash. */
export async function sweep(ledger: Ledger): Promise<void> {
  const item = { op: "prune", executions: [], most: ROWS_AT_ONCE } as const;
  while ((await ledger.append(item)).isLeft);
}

/** Those that went, and of which something is left to be deleted. */
export async function beingDeleted({ store }: Ledger): Promise<readonly number[]> {
  const rows = await store.db.selectFrom("pruning").select("no").execute();
  return rows.map(({ no }) => Number(no));
}
