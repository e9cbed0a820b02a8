/** Email templates, and what the sandbox "sent". */
import { z } from "zod";

import { contactIds, messageIds, templateIds } from "#domain/id.ts";

import { actorSchema, executionIdSchema, nameSchema, pageQuery, timeSchema } from "./common.ts";

const subject = z.string().trim().min(1, "may not be empty").max(500);
const body = z.string().min(1, "may not be empty").max(100_000);

export const templateSchema = z.object({
  id: templateIds.schema,
  name: z.string(),
  subject: z.string(),
  body: z.string(),
  /** Grows with each change; executions record the one they sent. */
  version: z.int(),
  createdBy: actorSchema,
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type Template = z.output<typeof templateSchema>;
export const newTemplateSchema = z.strictObject({ name: nameSchema, subject, body });
export const templateChangeSchema = z.strictObject({
  name: nameSchema.optional(),
  subject: subject.optional(),
  body: body.optional(),
  version: z.int().min(1).optional(),
});

export const outboxMessageSchema = z.object({
  id: messageIds.schema,
  to: z.string(),
  subject: z.string(),
  body: z.string(),
  executionId: executionIdSchema.nullable(),
  contactId: contactIds.schema.nullable(),
  sentAt: timeSchema,
});
export type OutboxMessage = z.output<typeof outboxMessageSchema>;
export const outboxQuerySchema = z.strictObject({
  ...pageQuery,
  executionId: executionIdSchema.optional(),
  contactId: contactIds.schema.optional(),
});
