import { type Selectable, sql } from "kysely";

import type { Actor } from "#contract/shapes/common.ts";
import type { Clock } from "#domain/clock.ts";
import { compiled, type Store, type Write } from "#store/store.ts";
import type { AuditTable } from "#store/tables/workspace.ts";

import { readActor, writeActor } from "./actor.ts";
import { numberAfter, type Page, pageOf, type PageQuery } from "./page.ts";

export interface AuditTarget {
  readonly type:
    | "workspace"
    | "member"
    | "userRoles"
    | "fallbacks"
    | "key"
    | "agent"
    | "template"
    | "execution"
    | "errors"
    | "contact";
  readonly id: string;
  readonly name: string | null;
}

export interface AuditRecord {
  readonly by: Actor;
  /** What was done to what: `agent.saved`, `member.removed`. */
  readonly action: string;
  readonly target: AuditTarget;
  /** Names of fields with their values before and after; never a secret, never a long text. */
  readonly changes: Readonly<Record<string, unknown>>;
}

export interface AuditEntry extends AuditRecord {
  readonly at: number;
}

export interface Audit {
  /** The entry as a write, for the transaction of the change that it tells of. */
  readonly recording: (ws: number, record: AuditRecord) => Write;
  readonly record: (ws: number, record: AuditRecord) => Promise<void>;
  /** Where the same was not recorded before, whenever that was. */
  readonly recordOnce: (ws: number, record: AuditRecord) => Promise<void>;
  /** Newest first. */
  readonly list: (ws: number, query: PageQuery) => Promise<Page<AuditEntry>>;
}

/** The fields that differ, each with its value before and after. */
export function changedFields<Fields extends object>(
  before: Fields,
  after: { readonly [Field in keyof Fields]?: Fields[Field] | undefined },
): Record<string, readonly [unknown, unknown]> {
  const names = Object.keys(after) as (keyof Fields & string)[];
  const changed = names.filter((name) => after[name] !== undefined && after[name] !== before[name]);
  return Object.fromEntries(changed.map((name) => [name, [before[name], after[name]]]));
}

const rowOf = (clock: Clock, ws: number, { by, action, target, changes }: AuditRecord) => ({
  ws,
  at: clock.now(),
  by: writeActor(by),
  action,
  target_type: target.type,
  target_id: target.id,
  target_name: target.name,
  changes: JSON.stringify(changes),
});

/** One statement, so that of several at once one records it. */
function recordingOnce({ db }: Store, row: ReturnType<typeof rowOf>): Write {
  const { ws, action, target_id, changes } = row;
  const same = db
    .selectFrom("audit")
    .select("no")
    .where((eb) => eb.and({ ws, action, target_id, changes }));
  const names = Object.keys(row) as (keyof typeof row)[];
  const values = names.map((name) => sql.val(row[name]).as(name));
  const one = db.selectNoFrom(values).where((eb) => eb.not(eb.exists(same)));
  return compiled(db.insertInto("audit").columns(names).expression(one));
}

function toEntry(row: Selectable<AuditTable>): AuditEntry {
  const { target_type, target_id: id, target_name: name } = row;
  return {
    at: row.at,
    by: readActor(row.by),
    action: row.action,
    target: { type: target_type as AuditTarget["type"], id, name },
    changes: JSON.parse(row.changes) as Record<string, unknown>,
  };
}

async function list(
  { db }: Store,
  ws: number,
  { cursor, limit }: PageQuery,
): Promise<Page<AuditEntry>> {
  const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : numberAfter(cursor);
  const rows = await db
    .selectFrom("audit")
    .selectAll()
    .where("ws", "=", ws)
    .where("no", "<", before)
    .orderBy("no", "desc")
    .limit(limit + 1)
    .execute();
  return pageOf(rows, limit, (row) => row.no, toEntry);
}

/** Who changed or decided what, when. It is only ever added to. */
export function audit(store: Store, clock: Clock): Audit {
  const recording = (ws: number, entry: AuditRecord): Write =>
    compiled(store.db.insertInto("audit").values(rowOf(clock, ws, entry)));
  return {
    recording,
    record: (ws, record) => store.write([recording(ws, record)]),
    recordOnce: (ws, record) => store.write([recordingOnce(store, rowOf(clock, ws, record))]),
    list: (ws, query) => list(store, ws, query),
  };
}
