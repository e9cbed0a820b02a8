import { z } from "zod";

import {
  activityIds,
  companyIds,
  contactIds,
  crmTaskIds,
  customFieldIds,
  dealIds,
} from "#domain/id.ts";

import { actorSchema, executionIdSchema, nameSchema, pageQuery, timeSchema } from "./common.ts";

const text = z.string().trim().max(500);
const optionalText = text.nullable();
const tagSchema = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .refine((name) => !name.includes(","), { error: "may not contain a comma" });
const tags = z.array(tagSchema).max(100);
const customValue = z.union([z.string().max(5000), z.number(), z.boolean()]).nullable();
const customFields = z.record(z.string(), customValue);
const dates = { createdAt: timeSchema, updatedAt: timeSchema } as const;
/** Grows with each change, so that two people's edits cannot silently meet. */
const version = z.int();

const named = <Id extends z.ZodType>(id: Id) => z.object({ id, name: z.string() });

const contactFields = {
  firstName: optionalText,
  lastName: optionalText,
  email: z.string().trim().max(254).pipe(z.email("is not an email address")).nullable(),
  phone: optionalText,
  title: optionalText,
  status: optionalText,
  source: optionalText,
  city: optionalText,
  country: optionalText,
  linkedinUrl: optionalText,
  /** The member who looks after it. */
  ownerId: z.string().nullable(),
} as const;

export const contactSchema = z.object({
  id: contactIds.schema,
  ...contactFields,
  /** As it came: an address that was stored before it was checked is still shown. */
  email: z.string().nullable(),
  name: z.string(),
  company: named(companyIds.schema).nullable(),
  tags: z.array(z.string()),
  customFields,
  replied: z.boolean(),
  openedEmail: z.boolean(),
  interested: z.boolean(),
  optedOut: z.boolean(),
  lastContactedAt: timeSchema.nullable(),
  version,
  ...dates,
});
export type Contact = z.output<typeof contactSchema>;

const flags = {
  replied: z.boolean(),
  openedEmail: z.boolean(),
  interested: z.boolean(),
  optedOut: z.boolean(),
} as const;
const links = {
  companyId: companyIds.schema.nullable(),
  /** Instead of an id: the company of that name, made where there is none. */
  companyName: text.min(1),
} as const;
const contactInput = z
  .strictObject({ ...contactFields, ...flags, ...links, tags, customFields })
  .partial();
export const newContactSchema = contactInput;
export const contactChangeSchema = contactInput.extend({ version: version.optional() });

const filters = {
  ...pageQuery,
  /** Found in names and addresses. */
  search: z.string().trim().max(200).optional(),
  tag: z.string().max(60).optional(),
} as const;
export const contactListQuerySchema = z.strictObject({
  ...filters,
  status: z.string().max(200).optional(),
  companyId: companyIds.schema.optional(),
});

const companyFields = {
  domain: optionalText,
  industry: optionalText,
  employees: z.int().min(0).nullable(),
  revenue: z.number().nullable(),
  status: optionalText,
  phone: optionalText,
  linkedinUrl: optionalText,
  city: optionalText,
  country: optionalText,
  ownerId: z.string().nullable(),
} as const;
export const companySchema = z.object({
  id: companyIds.schema,
  name: z.string(),
  ...companyFields,
  /** Whom a step on the company reaches; null: its first contact. */
  contact: named(contactIds.schema).nullable(),
  tags: z.array(z.string()),
  customFields,
  version,
  ...dates,
});
export type Company = z.output<typeof companySchema>;
const companyInput = z.strictObject({
  name: nameSchema,
  ...companyFields,
  contactId: contactIds.schema.nullable(),
  tags,
  customFields,
});
export const newCompanySchema = companyInput.partial().required({ name: true });
export const companyChangeSchema = companyInput.partial().extend({ version: version.optional() });
export const companyListQuerySchema = z.strictObject(filters);

const dealFields = {
  value: z.number().min(0).max(1e15).nullable(),
  /** Three letters: USD, EUR. */
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{3}$/, "is a currency such as USD"),
  stage: z.string().trim().min(1).max(100).nullable(),
  probability: z.number().min(0).max(100).nullable(),
  lossReason: optionalText,
  open: z.boolean(),
  /** The expected day: YYYY-MM-DD. */
  closeDate: z.iso.date().nullable(),
  ownerId: z.string().nullable(),
} as const;
export const dealSchema = z.object({
  id: dealIds.schema,
  name: z.string(),
  ...dealFields,
  currency: z.string(),
  previousStage: z.string().nullable(),
  closedAt: timeSchema.nullable(),
  company: named(companyIds.schema).nullable(),
  /** The primary contact. */
  contact: named(contactIds.schema).nullable(),
  tags: z.array(z.string()),
  customFields,
  version,
  ...dates,
});
export type Deal = z.output<typeof dealSchema>;
const dealInput = z.strictObject({
  name: nameSchema,
  ...dealFields,
  companyId: companyIds.schema.nullable(),
  contactId: contactIds.schema.nullable(),
  tags,
  customFields,
});
export const newDealSchema = dealInput.partial().required({ name: true });
export const dealChangeSchema = dealInput.partial().extend({ version: version.optional() });
export const dealListQuerySchema = z.strictObject({
  ...filters,
  stage: z.string().max(100).optional(),
  contactId: contactIds.schema.optional(),
  companyId: companyIds.schema.optional(),
});

export const crmTaskSchema = z.object({
  id: crmTaskIds.schema,
  title: z.string(),
  status: z.enum(["open", "done"]),
  dueAt: timeSchema.nullable(),
  assignedTo: z.object({ userId: z.string(), name: z.string() }).nullable(),
  contact: named(contactIds.schema).nullable(),
  company: named(companyIds.schema).nullable(),
  deal: named(dealIds.schema).nullable(),
  createdBy: actorSchema,
  executionId: executionIdSchema.nullable(),
  completedAt: timeSchema.nullable(),
  version,
  ...dates,
});
export type CrmTask = z.output<typeof crmTaskSchema>;
const crmTaskInput = z.strictObject({
  title: z.string().trim().min(1).max(1000),
  status: z.enum(["open", "done"]),
  dueAt: z.iso.datetime({ offset: true }).nullable(),
  /** A member's user id. */
  assignedTo: z.string().nullable(),
  contactId: contactIds.schema.nullable(),
  companyId: companyIds.schema.nullable(),
  dealId: dealIds.schema.nullable(),
});
export const newCrmTaskSchema = crmTaskInput.partial().required({ title: true });
export const crmTaskChangeSchema = crmTaskInput.partial().extend({ version: version.optional() });
export const crmTaskListQuerySchema = z.strictObject({
  ...pageQuery,
  status: z.enum(["open", "done"]).optional(),
  assignedTo: z.string().max(100).optional(),
  contactId: contactIds.schema.optional(),
  executionId: executionIdSchema.optional(),
});

export const activitySchema = z.object({
  id: activityIds.schema,
  /** `emailSent`, `fieldChanged`, `tagAdded`, `taskCreated`, … */
  type: z.string(),
  text: z.string(),
  by: actorSchema,
  executionId: executionIdSchema.nullable(),
  at: timeSchema,
});
export type Activity = z.output<typeof activitySchema>;

export const tagListSchema = z.object({
  items: z.array(
    z.object({ name: z.string(), contacts: z.int(), companies: z.int(), deals: z.int() }),
  ),
  nextCursor: z.string().nullable(),
});

export const CUSTOM_FIELD_TYPES = ["text", "number", "boolean", "date", "select"] as const;
/** `Lead Score`, `lead_score` and `leadScore` are one name. */
const fieldName = z
  .string()
  .trim()
  .regex(
    /^[a-zA-Z][a-zA-Z0-9_ -]{0,59}$/,
    "is a name such as leadScore: letters, digits, spaces, _ and -",
  );
export const customFieldSchema = z.object({
  id: customFieldIds.schema,
  entity: z.enum(["contact", "company", "deal"]),
  name: z.string(),
  type: z.enum(CUSTOM_FIELD_TYPES),
  /** With `select`: the values to choose from. */
  options: z.array(z.string()),
  createdAt: timeSchema,
});
export type CustomField = z.output<typeof customFieldSchema>;
export const newCustomFieldSchema = z.strictObject({
  entity: z.enum(["contact", "company", "deal"]),
  name: fieldName,
  type: z.enum(CUSTOM_FIELD_TYPES),
  options: z.array(nameSchema).max(200).default([]),
});
export const customFieldChangeSchema = z.strictObject({
  options: z.array(nameSchema).max(200),
});

export const importQuerySchema = z.strictObject({
  /** What becomes of a row whose address is here already. */
  existing: z.enum(["update", "skip"]).default("update"),
});
export const importReportSchema = z.object({
  imported: z.int(),
  updated: z.int(),
  skipped: z.int(),
  /** Rows that were left out, each with its line in the file (the header is line 1); the first thousand. */
  errors: z.array(z.object({ line: z.int(), column: z.string().optional(), message: z.string() })),
  /** All rows that were left out. */
  errorCount: z.int(),
  /** Columns that were left out, and what else a person should know. */
  warnings: z.array(z.string()),
});
export type ImportReport = z.output<typeof importReportSchema>;

export const erasedSchema = z.object({
  /** Texts and data in the ledger that were emptied. */
  payloads: z.int(),
  /** Whether archives hold some, which cannot be read any more. */
  archived: z.boolean(),
  /** Journeys that were under way and end. */
  journeys: z.int(),
  /** Mails in the outbox that were emptied. */
  messages: z.int(),
});
