import type { z } from "zod";

import type { contactRoutes } from "#contract/routes/contacts.ts";
import type { Activity, activitySchema, Contact } from "#contract/shapes/crm.ts";
import { activities } from "#crm/activities.ts";
import { companies } from "#crm/companies.ts";
import { type ContactPageQuery, contacts } from "#crm/contacts.ts";
import { fold } from "#domain/comparing.ts";
import type { Entered } from "#workspace/workspaces.ts";

import type { HandlersOf } from "../handler.ts";
import type { Services } from "../services.ts";
import { showTime } from "../times.ts";
import { changeBy, entityActs } from "./entities.ts";

export function contactHandlers(services: Services): HandlersOf<typeof contactRoutes> {
  const { store } = services;
  const kept = contacts(store);
  const acts = entityActs<"contact", ContactPageQuery, Contact>(services, "contact", kept);
  return {
    listContacts: ({ entered, query }) => acts.list(entered, query),
    createContact: async ({ entered, body }) =>
      acts.create(entered, await withCompany(services, entered, body)),
    importContacts: ({ entered, query, body }) =>
      services.importContacts(changeBy(services, entered), entered.workspace.zone, body, query),
    getContact: ({ entered, params }) => acts.get(entered, params.contactId),
    updateContact: async ({ entered, params, body }) =>
      acts.update(entered, params.contactId, await withCompany(services, entered, body)),
    deleteContact: ({ entered, params }) => acts.remove(entered, params.contactId),
    eraseContact: ({ entered, params }) => services.eraser.erase(entered, params.contactId),
    listContactActivities: async ({ entered, params, query: { cursor, limit } }) => {
      const ws = entered.workspace.no;
      const { id: entityId } = await kept.get(ws, params.contactId);
      const { rows, next } = await activities(store).page({ ws, entityId, limit, after: cursor });
      return { items: rows.map(showActivity), nextCursor: next };
    },
  };
}

interface NamesCompany {
  readonly companyName?: string | undefined;
  readonly companyId?: string | null | undefined;
}

/** A company that is named is the one of that name, made where there is none; an id goes before a name. */
async function withCompany<Body extends NamesCompany>(
  services: Services,
  entered: Entered,
  { companyName, ...body }: Body,
): Promise<Omit<Body, "companyName">> {
  if (companyName === undefined || body.companyId !== undefined) return body;
  const { store } = services;
  const known = await companies(store).byNames(entered.workspace.no, [companyName]);
  const companyId =
    known.get(fold(companyName))?.id ?? (await makeCompany(services, entered, companyName));
  return { ...body, companyId };
}

async function makeCompany(services: Services, entered: Entered, name: string): Promise<string> {
  const { store } = services;
  const { id, writes } = await companies(store).create(changeBy(services, entered), {
    values: { name },
  });
  await store.write(writes);
  return id;
}

type ActivityRow = Awaited<ReturnType<ReturnType<typeof activities>["page"]>>["rows"][number];

function showActivity(row: ActivityRow): z.input<typeof activitySchema> {
  const by = JSON.parse(row.actor) as Activity["by"];
  return {
    id: row.id,
    type: row.kind,
    text: row.text,
    by,
    executionId: row.execution_id,
    at: showTime(row.at),
  };
}
