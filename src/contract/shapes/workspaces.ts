import { z } from "zod";

import { workspaceIds } from "#domain/id.ts";

import { ROLES } from "../rights.ts";
import { actorSchema, nameSchema, timeSchema, zoneSchema } from "./common.ts";

export const roleSchema = z.enum(ROLES);
export const TIERS = ["standard", "enterprise"] as const;
const tierSchema = z.enum(TIERS);

export const workspaceSchema = z.object({
  id: workspaceIds.schema,
  name: z.string(),
  /** The reader's own role in it. */
  role: roleSchema,
  /** Whose calendar its days, limits and schedules follow. */
  zone: z.string(),
  /** How long executions are kept: standard 30 days, enterprise 365. */
  tier: tierSchema,
});
export type Workspace = z.output<typeof workspaceSchema>;

export const newWorkspaceSchema = z.strictObject({
  name: nameSchema,
  zone: zoneSchema.default("UTC"),
  tier: tierSchema.default("standard"),
});
export const workspaceChangeSchema = z.strictObject({
  name: nameSchema.optional(),
  zone: zoneSchema.optional(),
  tier: tierSchema.optional(),
});

const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email("is not an email address"));
const passwordSchema = z
  .string()
  .min(8, "A password has at least 8 characters")
  .max(128, "A password has at most 128 characters");

export const meSchema = z.object({
  /** Null for an API key. */
  user: z
    .object({ id: z.string(), email: z.string(), name: z.string(), hasPassword: z.boolean() })
    .nullable(),
  /** The API key that asks; null for a person. */
  key: z
    .object({
      id: z.string(),
      name: z.string(),
      workspaceId: workspaceIds.schema,
      role: roleSchema,
    })
    .nullable(),
  workspaces: z.array(workspaceSchema),
});
export type Me = z.output<typeof meSchema>;

/** Whoever signed in by a link has no password yet and names no current one. */
export const newPasswordSchema = z.strictObject({
  currentPassword: z.string().max(128).optional(),
  newPassword: passwordSchema,
});

export const memberSchema = z.object({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  joinedAt: timeSchema,
});
export type Member = z.output<typeof memberSchema>;

export const newMemberSchema = z.strictObject({
  email: emailSchema,
  /** The part before the @ unless it is given. */
  name: nameSchema.optional(),
  role: roleSchema,
  /** For somebody new; one is made up where none is given. */
  password: passwordSchema.optional(),
});
export const addedMemberSchema = z.object({
  member: memberSchema,
  /** The password to hand over, shown this once; null for somebody who had an account already. */
  password: z.string().nullable(),
});
export const roleChangeSchema = z.strictObject({ role: roleSchema });

/** `@user.NAME` in instructions stands for these members; where there are several, they take turns. */
const userRoleSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-zA-Z][a-zA-Z0-9_]{0,39}$/, "is a word of letters, digits and _, such as salesRep")
    .refine((name) => name.toLowerCase() !== "creator", {
      error: "creator is built in: the agent's creator",
    }),
  memberIds: z.array(z.string().min(1)).max(100),
});
export type UserRole = z.output<typeof userRoleSchema>;
export const userRolesSchema = z.strictObject({ items: z.array(userRoleSchema).max(100) });

/** What stands in a text for a contact, company or deal that has no value there and no fallback in the text. */
const fallbackSchema = z.strictObject({
  field: z
    .string()
    .trim()
    .regex(
      /^@?(contact|company|deal)\.\S.{0,98}$/i,
      "names a field of a contact, company or deal, such as contact.firstName",
    ),
  text: z.string().trim().min(1).max(500),
});
export type Fallback = z.output<typeof fallbackSchema>;
export const fallbacksSchema = z.strictObject({ items: z.array(fallbackSchema).max(200) });

export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Its first characters, to tell one from another. */
  start: z.string(),
  role: roleSchema,
  createdAt: timeSchema,
  expiresAt: timeSchema.nullable(),
  lastUsedAt: timeSchema.nullable(),
});
export type ApiKey = z.output<typeof apiKeySchema>;
export const newApiKeySchema = z.strictObject({
  name: nameSchema,
  role: roleSchema,
  expiresInDays: z.int().min(1).max(3650).optional(),
});
/** `key` is shown this once; only its hash is kept. */
export const createdApiKeySchema = apiKeySchema.extend({ key: z.string() });

export const notificationSchema = z.object({
  id: z.string(),
  /** What it is about: `execution_failed`, `agent_paused`, `task_assigned`, `notify`, … */
  kind: z.string(),
  title: z.string(),
  message: z.string(),
  agentId: z.string().nullable(),
  executionId: z.string().nullable(),
  contactId: z.string().nullable(),
  createdAt: timeSchema,
  readAt: timeSchema.nullable(),
});
export type Notification = z.output<typeof notificationSchema>;

export const auditEntrySchema = z.object({
  at: timeSchema,
  by: actorSchema,
  /** `agent.updated`, `member.added`, `execution.canceled`, … */
  action: z.string(),
  target: z.object({ type: z.string(), id: z.string(), name: z.string().nullable() }),
  /** What changed: names of fields with the values before and after; never a secret. */
  changes: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.output<typeof auditEntrySchema>;
