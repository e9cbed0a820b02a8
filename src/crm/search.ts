import { setImmediate } from "node:timers/promises";

import { sql } from "kysely";

import type { Entity } from "#domain/catalogue.ts";
import type { Look } from "#domain/conditions.ts";
import type { Condition } from "#domain/plan.ts";
import type { Store } from "#store/store.ts";

import { customFields } from "./custom-fields.ts";
import type { People } from "./look.ts";
import { joinRelated } from "./relations.ts";
import { compileCondition, type CompiledSearch } from "./search-sql.ts";

export interface SearchQuery {
  readonly ws: number;
  readonly entity: Entity;
  /** None finds everything. */
  readonly condition?: Condition | undefined;
  readonly limit?: number | undefined;
  /** The order of ids is that in which they were created. Oldest first unless it is said. */
  readonly order?: "oldest" | "newest" | undefined;
  readonly after?: string | undefined;
  readonly now: number;
  readonly zone: string;
  /** What is not the CRM's: `@memory.x`, `@form.email`. */
  readonly look?: Look | undefined;
  /** Names of the workspace's users, for `owner`. */
  readonly people?: People | undefined;
}

export interface SearchResult {
  readonly ids: readonly string[];
  /** For each field that nobody knows (3.6-3). */
  readonly warnings: readonly string[];
}

/** How many rows are looked at before everybody else may go on. */
const WINDOW = 2000;

const NOTHING: Look = () => ({ known: false });
const NOBODY: People = new Map();

/**
 * The ids of all that the condition holds for. It looks at one window of rows after another and lets
 * the thread go between them, so a search over a hundred thousand contacts holds up nobody.
 */
export async function search(store: Pick<Store, "db">, query: SearchQuery): Promise<SearchResult> {
  const { ws, entity, now, zone, look = NOTHING, people = NOBODY } = query;
  const defined = await customFields(store).all(ws);
  const compiled = compileCondition(query.condition, {
    entity,
    customFields: defined,
    moment: { now, zone },
    look,
    people,
  });
  const ids = await walk(store, query, compiled);
  return { ids, warnings: compiled.warnings };
}

async function walk(
  store: Pick<Store, "db">,
  query: SearchQuery,
  compiled: CompiledSearch,
): Promise<readonly string[]> {
  const limit = query.limit ?? Number.POSITIVE_INFINITY;
  const ids: string[] = [];
  let after = query.after;
  while (ids.length < limit) {
    const end = await endOfWindow(store, query, after);
    if (end.last === null) break;
    const room = Math.min(limit - ids.length, WINDOW);
    ids.push(...(await searchWindow(store, query, compiled, { after, last: end.last, room })));
    if (end.rows < WINDOW) break;
    after = end.last;
    await setImmediate();
  }
  return ids;
}

interface End {
  readonly last: string | null;
  readonly rows: number;
}

/** The id of the last row that the next window holds. */
async function endOfWindow(
  { db }: Pick<Store, "db">,
  { ws, entity, order }: SearchQuery,
  after: string | undefined,
): Promise<End> {
  const isNewest = order === "newest";
  const beyond = after === undefined ? sql`` : sql`and id ${isNewest ? sql`<` : sql`>`} ${after}`;
  const direction = isNewest ? sql`desc` : sql`asc`;
  const { rows } = await sql<End>`
    select ${isNewest ? sql`min(id)` : sql`max(id)`} as last, count(*) as rows
    from (select id from ${sql.table(entity)} where ws = ${ws} ${beyond}
      order by id ${direction} limit ${WINDOW})`.execute(db);
  return rows[0] ?? { last: null, rows: 0 };
}

interface Window {
  readonly after: string | undefined;
  readonly last: string;
  readonly room: number;
}

async function searchWindow(
  { db }: Pick<Store, "db">,
  { ws, entity, order }: SearchQuery,
  { predicate, joins }: CompiledSearch,
  { after, last, room }: Window,
): Promise<readonly string[]> {
  const table = sql.table(entity);
  const id = sql`${table}.id`;
  const [onwards, upTo, direction] =
    order === "newest" ? [sql`<`, sql`>=`, sql`desc`] : [sql`>`, sql`<=`, sql`asc`];
  const beyond = after === undefined ? sql`` : sql`and ${id} ${onwards} ${after}`;
  const { rows } = await sql<{ readonly id: string }>`
    select ${id} as id from ${table} ${joinRelated(entity, joins)}
    where ${table}.ws = ${ws} ${beyond} and ${id} ${upTo} ${last} and ${predicate}
    order by ${id} ${direction} limit ${room}`.execute(db);
  return rows.map((row) => row.id);
}
