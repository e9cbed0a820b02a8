/**
 * Which index narrows most, and since when there is nothing of the kind: asked of the roll-ups, of which
 * there are few. So a list that comes out empty says so without looking at what has run.
 */
import { sql } from "kysely";

import { type Filters, type Indexed, statesOf } from "./filters.ts";
import type { Database } from "./rows.ts";

export interface Narrowing {
  /** The filter whose index is walked; undefined: all of the workspace's. */
  readonly by: Indexed | undefined;
  /** Whatever fits has ended by then, epoch milliseconds; null: nothing fits; undefined: not known. */
  readonly endedBy?: number | null;
}

/** About so many days times agents, kinds and states; a millisecond's work. */
const MOST_ROLLUPS = 2000;
const DAY_MS = 86_400_000;
/** A workspace's day begins up to half a day before or after that of UTC. */
const LATEST_END_DAYS = 2;

export async function narrowingOf(db: Database, filters: Filters): Promise<Narrowing> {
  const { agent, kind } = filters;
  const given: readonly Indexed[] = [
    ...(agent === undefined ? [] : ["agent" as const]),
    ...(statesOf(filters) === undefined ? [] : ["state" as const]),
    ...(kind === undefined ? [] : ["kind" as const]),
  ];
  // One alone is answered by its index at once.
  return given.length < 2 ? { by: given[0] } : await askRollups(db, filters, given);
}

interface Looked {
  readonly rows: number;
  readonly first: number | null;
  readonly last: number | null;
  readonly agent: number | null;
  readonly kind: number | null;
  readonly state: number | null;
}

async function askRollups(
  db: Database,
  filters: Filters,
  given: readonly Indexed[],
): Promise<Narrowing> {
  const looked = await look(db, filters);
  const counts = given.map((by) => ({ by, n: looked[by] ?? 0 }));
  const [least] = counts.toSorted((a, b) => a.n - b.n);
  const isWhole = looked.rows < MOST_ROLLUPS;
  const lastDay = looked.last ?? (isWhole ? null : looked.first);
  return {
    by: least?.by,
    endedBy: lastDay === null ? null : (lastDay + LATEST_END_DAYS) * DAY_MS,
  };
}

/** Newest first; what was created since then has ended since then. */
async function look(db: Database, filters: Filters): Promise<Looked> {
  const { ws, agent = null, kind = null, since } = filters;
  const states = statesOf(filters);
  const ofAgent = sql`(${agent} is null or agent = ${agent})`;
  const ofKind = sql`(${kind} is null or kind = ${kind})`;
  const ofState =
    states === undefined
      ? sql`1 = 1`
      : states.length === 0
        ? sql`1 = 0`
        : sql`state in (${sql.join(states)})`;
  const firstDay = since === undefined ? -1 : Math.floor(since / DAY_MS) - 1;
  const found = await sql<Looked>`
    select count(*) as rows, min(start) as first,
      max(case when ${ofAgent} and ${ofKind} and ${ofState} then start end) as last,
      sum(case when ${ofAgent} then n end) as agent, sum(case when ${ofKind} then n end) as kind,
      sum(case when ${ofState} then n end) as state
    from (select start, agent, kind, state, n from rollups
      where ws = ${ws} and span = 'd' and start >= ${firstDay} order by start desc
      limit ${MOST_ROLLUPS}) as latest`.execute(db);
  return found.rows[0] ?? NOTHING;
}

const NOTHING: Looked = { rows: 0, first: null, last: null, agent: null, kind: null, state: null };
