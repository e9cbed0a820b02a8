import { z } from "zod";

import { route } from "../route.ts";
import { listOf, pageQuerySchema } from "../shapes/common.ts";
import {
  activitySchema,
  contactChangeSchema,
  contactListQuerySchema,
  contactSchema,
  erasedSchema,
  importQuerySchema,
  importReportSchema,
  newContactSchema,
} from "../shapes/crm.ts";

const ALL = "/api/workspaces/:workspaceId/contacts";
const ONE = `${ALL}/:contactId` as const;

export const contactRoutes = {
  listContacts: route({
    method: "GET",
    path: ALL,
    right: "crm:read",
    summary: "Contacts, newest first",
    query: contactListQuerySchema,
    status: 200,
    output: listOf(contactSchema),
  }),
  createContact: route({
    method: "POST",
    path: ALL,
    right: "crm:write",
    summary: "Create a contact",
    body: newContactSchema,
    status: 201,
    output: contactSchema,
  }),
  importContacts: route({
    method: "POST",
    path: `${ALL}/import`,
    right: "crm:write",
    summary: "Import contacts from CSV with a header line; broken rows are named and left out",
    query: importQuerySchema,
    body: z.string(),
    takes: "text/csv",
    status: 200,
    output: importReportSchema,
  }),
  getContact: route({
    method: "GET",
    path: ONE,
    right: "crm:read",
    summary: "A contact",
    status: 200,
    output: contactSchema,
  }),
  updateContact: route({
    method: "PATCH",
    path: ONE,
    right: "crm:write",
    summary: "Change a contact; tags and custom fields that are named replace what was there",
    body: contactChangeSchema,
    status: 200,
    output: contactSchema,
  }),
  deleteContact: route({
    method: "DELETE",
    path: ONE,
    right: "crm:write",
    summary: "Delete a contact",
    status: 204,
  }),
  eraseContact: route({
    method: "POST",
    path: `${ONE}/erase`,
    right: "crm:erase",
    summary:
      "Forget a contact for good: the contact, its tasks, and what executions, archives and the outbox hold of it",
    status: 200,
    output: erasedSchema,
  }),
  listContactActivities: route({
    method: "GET",
    path: `${ONE}/activities`,
    right: "crm:read",
    summary: "What people and agents did about a contact, newest first",
    query: pageQuerySchema,
    status: 200,
    output: listOf(activitySchema),
  }),
} as const;
