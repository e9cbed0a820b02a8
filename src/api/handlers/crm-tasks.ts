import type { crmRoutes } from "#contract/routes/crm.ts";
import type { CrmTask } from "#contract/shapes/crm.ts";
import { companies } from "#crm/companies.ts";
import { contacts } from "#crm/contacts.ts";
import { type CrmTaskRow, crmTasks } from "#crm/crm-tasks.ts";
import { deals } from "#crm/deals.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { demandMember, demandVersion } from "../crm/input.ts";
import { namesOf } from "../crm/show.ts";
import type { HandlersOf } from "../handler.ts";
import type { Services } from "../services.ts";
import { showTime, showTimeOr } from "../times.ts";
import { changeBy } from "./entities.ts";

type Area = "listCrmTasks" | "createCrmTask" | "getCrmTask" | "updateCrmTask" | "deleteCrmTask";

export function crmTaskHandlers(services: Services): HandlersOf<Pick<typeof crmRoutes, Area>> {
  const { store } = services;
  const kept = crmTasks(store);
  const showOne = async (ws: number, id: string): Promise<CrmTask> => {
    const row = await kept.get(ws, id);
    const [shown] = await showTasks(services, ws, [row]);
    return shown as CrmTask;
  };
  return {
    listCrmTasks: async ({ entered, query: { cursor, ...query } }) => {
      const ws = entered.workspace.no;
      const { rows, next } = await kept.page({ ...query, ws, after: cursor });
      return { items: await showTasks(services, ws, rows), nextCursor: next };
    },
    createCrmTask: async ({ entered, body }) => {
      await demandLinks(services, entered, body);
      const { id, writes } = kept.create(changeBy(services, entered), {
        ...body,
        dueAt: readTime(body.dueAt),
      });
      await store.write(writes);
      return showOne(entered.workspace.no, id);
    },
    getCrmTask: ({ entered, params }) => showOne(entered.workspace.no, params.crmTaskId),
    updateCrmTask: async ({ entered, params, body: { version, ...body } }) => {
      const row = await kept.get(entered.workspace.no, params.crmTaskId);
      demandVersion(row, version);
      await demandLinks(services, entered, body);
      const { title = row.title, ...links } = body;
      const changes = { ...links, title, dueAt: readTime(body.dueAt) };
      await store.write(kept.update(changeBy(services, entered), row, changes));
      return showOne(entered.workspace.no, row.id);
    },
    deleteCrmTask: async ({ entered, params }) => {
      const row = await kept.get(entered.workspace.no, params.crmTaskId);
      await store.write(kept.remove(changeBy(services, entered), row));
    },
  };
}

function readTime(text: string | null | undefined): number | null | undefined {
  return typeof text === "string" ? Date.parse(text) : text;
}

interface Links {
  readonly assignedTo?: string | null | undefined;
  readonly contactId?: string | null | undefined;
  readonly companyId?: string | null | undefined;
  readonly dealId?: string | null | undefined;
}

/** @throws Fault for what is not in this workspace. */
async function demandLinks(
  { store, members }: Services,
  { workspace }: Entered,
  links: Links,
): Promise<void> {
  const { no: ws } = workspace;
  const { assignedTo, contactId, companyId, dealId } = links;
  await demandMember(
    members,
    ws,
    assignedTo,
    `Cannot assign task to user ${assignedTo}: user not found`,
  );
  if (typeof contactId === "string") await contacts(store).get(ws, contactId);
  if (typeof companyId === "string") await companies(store).get(ws, companyId);
  if (typeof dealId === "string") await deals(store).get(ws, dealId);
}

async function showTasks(
  { store, members }: Services,
  ws: number,
  rows: readonly CrmTaskRow[],
): Promise<CrmTask[]> {
  const people = new Map((await members.list(ws)).map(({ userId, name }) => [userId, name]));
  const links = rows.flatMap((row) => [row.contact_id, row.company_id, row.deal_id]);
  const named = await namesOf(
    store,
    ws,
    links.filter((id) => id !== null),
  );
  return rows.map((row) => showTask(row, named, people));
}

function showTask(
  row: CrmTaskRow,
  named: ReadonlyMap<string, { readonly id: string; readonly name: string }>,
  people: ReadonlyMap<string, string>,
): CrmTask {
  const linked = (id: string | null) => (id === null ? null : (named.get(id) ?? null));
  const shown = {
    id: row.id,
    title: row.title,
    status: row.status,
    dueAt: showTimeOr(row.due_at),
    assignedTo: assignee(row.assigned_to, people),
    contact: linked(row.contact_id),
    company: linked(row.company_id),
    deal: linked(row.deal_id),
    createdBy: JSON.parse(row.created_by) as CrmTask["createdBy"],
    executionId: row.execution_id,
    completedAt: showTimeOr(row.done_at),
    version: row.version,
    createdAt: showTime(row.created_at),
    updatedAt: showTime(row.updated_at),
  };
  return shown as CrmTask;
}

/** Somebody who has left keeps their tasks until they are given to another. */
function assignee(
  userId: string | null,
  people: ReadonlyMap<string, string>,
): CrmTask["assignedTo"] {
  return userId === null ? null : { userId, name: people.get(userId) ?? "a former member" };
}
