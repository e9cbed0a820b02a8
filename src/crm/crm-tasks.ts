import type { Selectable } from "kysely";

import { Fault } from "#domain/fault.ts";
import { crmTaskIds } from "#domain/id.ts";
import { compiled, type Store, type Write } from "#store/store.ts";
import type { CrmTaskTable } from "#store/tables/crm.ts";

import { logActivities } from "./activities.ts";
import { type Change, type Created, type Page, pageOf, type PageQuery } from "./change.ts";

export type CrmTaskRow = Selectable<CrmTaskTable>;

export interface NewCrmTask {
  readonly title: string;
  readonly dueAt?: number | null | undefined;
  /** A member's user id; whoever assigns has made sure that they are one. */
  readonly assignedTo?: string | null | undefined;
  readonly contactId?: string | null | undefined;
  readonly companyId?: string | null | undefined;
  readonly dealId?: string | null | undefined;
  readonly status?: "open" | "done" | undefined;
}

export type CrmTaskChanges = Partial<NewCrmTask>;

export interface CrmTaskPageQuery extends PageQuery {
  readonly status?: "open" | "done" | undefined;
  readonly assignedTo?: string | undefined;
  readonly contactId?: string | undefined;
  readonly executionId?: string | undefined;
}

export interface CrmTasks {
  /** @throws Fault `not_found`. */
  readonly get: (ws: number, id: string) => Promise<CrmTaskRow>;
  /** Newest first. */
  readonly page: (query: CrmTaskPageQuery) => Promise<Page<CrmTaskRow>>;
  readonly create: (change: Change, task: NewCrmTask) => Created;
  readonly update: (change: Change, row: CrmTaskRow, changes: CrmTaskChanges) => readonly Write[];
  readonly remove: (change: Change, row: CrmTaskRow) => readonly Write[];
}

export function crmTasks({ db }: Pick<Store, "db">): CrmTasks {
  return {
    get: async (ws, id) => {
      const query = db.selectFrom("crm_task").selectAll().where("ws", "=", ws).where("id", "=", id);
      const row = await query.executeTakeFirst();
      if (row === undefined) throw new Fault("not_found", `There is no task ${id}`);
      return row;
    },
    page: (query) => page(db, query),
    create: (change, task) => {
      const row = newRow(change, task);
      const notes = aboutOf(row).map((entityId) => {
        const data = { taskId: row.id };
        return { entityId, kind: "taskCreated", text: `Task created: ${row.title}`, data } as const;
      });
      const insert = compiled(db.insertInto("crm_task").values(row));
      return { id: row.id, writes: [insert, ...logActivities(db, change, notes)] };
    },
    update: (change, row, changes) => update(db, change, row, changes),
    remove: ({ ws }, { id, version }) => {
      const query = db.deleteFrom("crm_task").where("ws", "=", ws).where("id", "=", id);
      return [compiled(query.where("version", "=", version), 1)];
    },
  };
}

async function page(
  db: Store["db"],
  { ws, limit, after, status, assignedTo, contactId, executionId }: CrmTaskPageQuery,
): Promise<Page<CrmTaskRow>> {
  let query = db.selectFrom("crm_task").selectAll().where("ws", "=", ws);
  if (status !== undefined) query = query.where("status", "=", status);
  if (assignedTo !== undefined) query = query.where("assigned_to", "=", assignedTo);
  if (contactId !== undefined) query = query.where("contact_id", "=", contactId);
  if (executionId !== undefined) query = query.where("execution_id", "=", executionId);
  if (after !== undefined) query = query.where("id", "<", after);
  const rows = await query
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  return pageOf(rows, limit, (row) => row.id);
}

function newRow(change: Change, task: NewCrmTask): CrmTaskRow {
  const status = task.status ?? "open";
  return {
    ws: change.ws,
    id: crmTaskIds.create(),
    version: 1,
    title: readTitle(task.title),
    due_at: task.dueAt ?? null,
    assigned_to: task.assignedTo ?? null,
    status,
    contact_id: task.contactId ?? null,
    company_id: task.companyId ?? null,
    deal_id: task.dealId ?? null,
    created_by: JSON.stringify(change.actor),
    execution_id: change.executionId ?? null,
    done_at: status === "done" ? change.at : null,
    created_at: change.at,
    updated_at: change.at,
  };
}

function readTitle(title: string): string {
  const text = title.trim();
  if (text === "") throw new Fault("invalid", "A task has a title", { happened: "no" });
  if (text.length <= 1000) return text;
  throw new Fault("invalid", "A task's title has at most 1000 characters", { happened: "no" });
}

function update(
  db: Store["db"],
  change: Change,
  row: CrmTaskRow,
  changes: CrmTaskChanges,
): readonly Write[] {
  const { title, status = row.status } = changes;
  const set = {
    title: title === undefined ? row.title : readTitle(title),
    due_at: given(changes.dueAt, row.due_at),
    assigned_to: given(changes.assignedTo, row.assigned_to),
    contact_id: given(changes.contactId, row.contact_id),
    company_id: given(changes.companyId, row.company_id),
    deal_id: given(changes.dealId, row.deal_id),
    status,
    done_at: status === "done" ? (row.done_at ?? change.at) : null,
    version: row.version + 1,
    updated_at: change.at,
  };
  const query = db.updateTable("crm_task").set(set).where("ws", "=", change.ws);
  const isDone = status === "done" && row.status !== "done";
  const notes = (isDone ? aboutOf(row) : []).map((entityId) => {
    const data = { taskId: row.id };
    return { entityId, kind: "taskDone", text: `Task done: ${set.title}`, data } as const;
  });
  return [
    compiled(query.where("id", "=", row.id).where("version", "=", row.version), 1),
    ...logActivities(db, change, notes),
  ];
}

/** What is not named stays; null takes it away. */
function given<Value>(value: Value | undefined, held: Value): Value {
  return value === undefined ? held : value;
}

/** Whose timelines the task stands in. */
function aboutOf(row: CrmTaskRow): readonly string[] {
  return [row.contact_id, row.company_id, row.deal_id].filter((id) => id !== null);
}
