import { z } from "zod";

import { route } from "../route.ts";
import { listOf, pageQuerySchema } from "../shapes/common.ts";
import {
  addedMemberSchema,
  apiKeySchema,
  auditEntrySchema,
  createdApiKeySchema,
  fallbacksSchema,
  memberSchema,
  newApiKeySchema,
  newMemberSchema,
  newWorkspaceSchema,
  notificationSchema,
  roleChangeSchema,
  userRolesSchema,
  workspaceChangeSchema,
  workspaceSchema,
} from "../shapes/workspaces.ts";

const ALL = "/api/workspaces";
const ONE = "/api/workspaces/:workspaceId";

const workspaces = {
  listWorkspaces: route({
    method: "GET",
    path: ALL,
    right: "signedIn",
    summary: "The workspaces that one is a member of",
    status: 200,
    output: listOf(workspaceSchema),
  }),
  createWorkspace: route({
    method: "POST",
    path: ALL,
    right: "signedIn",
    summary: "Create a workspace and become its owner (people only, no API keys)",
    body: newWorkspaceSchema,
    status: 201,
    output: workspaceSchema,
  }),
  getWorkspace: route({
    method: "GET",
    path: ONE,
    right: "workspace:read",
    summary: "A workspace",
    status: 200,
    output: workspaceSchema,
  }),
  updateWorkspace: route({
    method: "PATCH",
    path: ONE,
    right: "workspace:write",
    summary: "Change a workspace's name, time zone or tier",
    body: workspaceChangeSchema,
    status: 200,
    output: workspaceSchema,
  }),
} as const;

const members = {
  listMembers: route({
    method: "GET",
    path: `${ONE}/members`,
    right: "workspace:read",
    summary: "Members with their roles",
    status: 200,
    output: listOf(memberSchema),
  }),
  addMember: route({
    method: "POST",
    path: `${ONE}/members`,
    right: "members:manage",
    summary:
      "Add a member; somebody new gets a password to be handed over. Admins add Members and Viewers",
    body: newMemberSchema,
    status: 201,
    output: addedMemberSchema,
  }),
  changeMemberRole: route({
    method: "PATCH",
    path: `${ONE}/members/:userId`,
    right: "members:roles",
    summary: "Change a member's role; a workspace keeps an owner",
    body: roleChangeSchema,
    status: 200,
    output: memberSchema,
  }),
  removeMember: route({
    method: "DELETE",
    path: `${ONE}/members/:userId`,
    right: "members:manage",
    summary: "Remove a member; a workspace keeps an owner",
    status: 204,
  }),
  getUserRoles: route({
    method: "GET",
    path: `${ONE}/user-roles`,
    right: "workspace:read",
    summary: "Whom `@user.…` in instructions stands for",
    status: 200,
    output: userRolesSchema,
  }),
  setUserRoles: route({
    method: "PUT",
    path: `${ONE}/user-roles`,
    right: "workspace:write",
    summary: "Replace the table of `@user.…`",
    body: userRolesSchema,
    status: 200,
    output: userRolesSchema,
  }),
  getFallbacks: route({
    method: "GET",
    path: `${ONE}/fallbacks`,
    right: "workspace:read",
    summary: "What stands in texts for values that are missing",
    status: 200,
    output: fallbacksSchema,
  }),
  setFallbacks: route({
    method: "PUT",
    path: `${ONE}/fallbacks`,
    right: "workspace:write",
    summary: "Replace the table of fallbacks",
    body: fallbacksSchema,
    status: 200,
    output: fallbacksSchema,
  }),
} as const;

const keys = {
  listApiKeys: route({
    method: "GET",
    path: `${ONE}/keys`,
    right: "keys:manage",
    summary: "API keys of the workspace, without their secrets",
    status: 200,
    output: listOf(apiKeySchema),
  }),
  createApiKey: route({
    method: "POST",
    path: `${ONE}/keys`,
    right: "keys:manage",
    summary: "Create an API key with a role up to one's own; it is shown once",
    body: newApiKeySchema,
    status: 201,
    output: createdApiKeySchema,
  }),
  revokeApiKey: route({
    method: "DELETE",
    path: `${ONE}/keys/:keyId`,
    right: "keys:manage",
    summary: "Revoke an API key at once",
    status: 204,
  }),
} as const;

const notices = {
  listNotifications: route({
    method: "GET",
    path: `${ONE}/notifications`,
    right: "notifications:own",
    summary: "One's own notifications, newest first",
    query: pageQuerySchema.extend({ unread: z.enum(["true", "false"]).optional() }),
    status: 200,
    output: listOf(notificationSchema).extend({ unread: z.int() }),
  }),
  readNotification: route({
    method: "POST",
    path: `${ONE}/notifications/:notificationId/read`,
    right: "notifications:own",
    summary: "Mark a notification as read",
    status: 204,
  }),
  readAllNotifications: route({
    method: "POST",
    path: `${ONE}/notifications/read`,
    right: "notifications:own",
    summary: "Mark all of one's notifications as read",
    status: 204,
  }),
  listAudit: route({
    method: "GET",
    path: `${ONE}/audit`,
    right: "audit:read",
    summary: "Who changed or decided what, newest first",
    query: pageQuerySchema,
    status: 200,
    output: listOf(auditEntrySchema),
  }),
} as const;

export const workspaceRoutes = { ...workspaces, ...members, ...keys, ...notices } as const;
