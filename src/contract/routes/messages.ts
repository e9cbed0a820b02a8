import { route } from "../route.ts";
import { listOf, pageQuerySchema } from "../shapes/common.ts";
import {
  newTemplateSchema,
  outboxMessageSchema,
  outboxQuerySchema,
  templateChangeSchema,
  templateSchema,
} from "../shapes/messages.ts";
import { sandboxChangeSchema, sandboxSchema } from "../shapes/sandbox.ts";

const WORKSPACE = "/api/workspaces/:workspaceId";
const ALL = `${WORKSPACE}/templates` as const;
const ONE = `${ALL}/:templateId` as const;

export const messageRoutes = {
  listTemplates: route({
    method: "GET",
    path: ALL,
    right: "templates:read",
    summary: "Email templates by name",
    query: pageQuerySchema,
    status: 200,
    output: listOf(templateSchema),
  }),
  createTemplate: route({
    method: "POST",
    path: ALL,
    right: "templates:write",
    summary: "Create an email template; its name is unique, whatever its case",
    body: newTemplateSchema,
    status: 201,
    output: templateSchema,
  }),
  getTemplate: route({
    method: "GET",
    path: ONE,
    right: "templates:read",
    summary: "An email template",
    status: 200,
    output: templateSchema,
  }),
  updateTemplate: route({
    method: "PATCH",
    path: ONE,
    right: "templates:write",
    summary: "Change an email template; what is sent from now on uses it",
    body: templateChangeSchema,
    status: 200,
    output: templateSchema,
  }),
  deleteTemplate: route({
    method: "DELETE",
    path: ONE,
    right: "templates:write",
    summary: "Delete an email template",
    status: 204,
  }),
  listOutbox: route({
    method: "GET",
    path: `${WORKSPACE}/outbox`,
    right: "payloads:read",
    summary: "What the sandbox sent, newest first",
    query: outboxQuerySchema,
    status: 200,
    output: listOf(outboxMessageSchema),
  }),
  getSandbox: route({
    method: "GET",
    path: `${WORKSPACE}/sandbox`,
    right: "workspace:read",
    summary: "How the sandbox behaves, and whether it was ever sent anything twice",
    status: 200,
    output: sandboxSchema,
  }),
  updateSandbox: route({
    method: "PATCH",
    path: `${WORKSPACE}/sandbox`,
    right: "workspace:write",
    summary:
      "Make the sandbox slow, or let it lose answers or refuse mail, to see what becomes of it",
    body: sandboxChangeSchema,
    status: 200,
    output: sandboxSchema,
  }),
} as const;
