import type { Kysely, Selectable } from "kysely";

import { activityIds } from "#domain/id.ts";
import type { Store, Write } from "#store/store.ts";
import type { Tables } from "#store/tables.ts";
import type { ActivityTable } from "#store/tables/crm.ts";

import { type Change, type Page, pageOf, type PageQuery } from "./change.ts";
import { insertRows } from "./insert-rows.ts";

export type ActivityRow = Selectable<ActivityTable>;

/** Kinds that the page knows by sight; others are shown by their text. */
export type ActivityKind =
  | "created"
  | "imported"
  | "fieldChanged"
  | "tagAdded"
  | "tagRemoved"
  | "taskCreated"
  | "taskDone"
  | "emailSent"
  | "replied"
  | "note";

/** Something that was done about a contact, a company or a deal. */
export interface Note {
  readonly entityId: string;
  readonly kind: ActivityKind;
  readonly text: string;
  readonly data?: unknown;
}

export interface Activities {
  /** The timeline of an entity, newest first. */
  readonly page: (query: PageQuery & { readonly entityId: string }) => Promise<Page<ActivityRow>>;
  readonly log: (change: Change, notes: readonly Note[]) => readonly Write[];
}

export function activities({ db }: Pick<Store, "db">): Activities {
  return {
    page: async ({ ws, entityId, limit, after }) => {
      let query = db.selectFrom("activity").selectAll().where("ws", "=", ws);
      query = query.where("entity_id", "=", entityId);
      if (after !== undefined) query = query.where("id", "<", after);
      const rows = await query
        .orderBy("id", "desc")
        .limit(limit + 1)
        .execute();
      return pageOf(rows, limit, (row) => row.id);
    },
    log: (change, notes) => logActivities(db, change, notes),
  };
}

export function logActivities(
  db: Kysely<Tables>,
  change: Change,
  notes: readonly Note[],
): readonly Write[] {
  return insertRows(
    db,
    "activity",
    notes.map((note) => activityRow(change, note)),
  );
}

export function activityRow(change: Change, { entityId, kind, text, data }: Note): ActivityRow {
  return {
    ws: change.ws,
    entity_id: entityId,
    id: activityIds.create(),
    kind,
    text,
    data: data === undefined ? null : JSON.stringify(data),
    actor: JSON.stringify(change.actor),
    execution_id: change.executionId ?? null,
    at: change.at,
  };
}
