import type { CUSTOM_FIELD_TYPES } from "#contract/shapes/crm.ts";
import type { Entity } from "#domain/catalogue.ts";
import { fold } from "#domain/comparing.ts";
import type { FieldType } from "#domain/conditions.ts";

/**
 * Which fields contacts, companies and deals have, what they are called and how each is kept. Searches,
 * conditions, variables in texts, updates and the import of files all read this one table.
 */
export const ENTITIES: readonly Entity[] = ["contact", "company", "deal"];

/**
 * How a field is kept: `time` as epoch milliseconds; `day` as text, a calendar day (YYYY-MM-DD) or a
 * moment in UTC; `flag` as 0 or 1; `tags` in a table of their own; `owner` as a user's id, read as
 * the name.
 */
export type FieldKind = "text" | "number" | "flag" | "time" | "day" | "id" | "tags" | "owner";

export type Format = "email" | "url" | "domain" | "currency";

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  /** The column, or how its value is put together. */
  readonly column: string;
  readonly isWritable: boolean;
  readonly format?: Format;
  /** What it refers to, where the value is an id. */
  readonly refersTo?: Entity;
  readonly isRequired?: boolean;
  readonly aliases: readonly string[];
}

type Extra = Partial<Omit<Field, "name" | "kind" | "column">>;

function field(name: string, kind: FieldKind, column: string, extra: Extra = {}): Field {
  return { name, kind, column, isWritable: true, aliases: [], ...extra };
}

const readOnly = { isWritable: false };

/** What every entity has, at the end of its list. */
const COMMON: readonly Field[] = [
  field("ownerId", "text", "owner_id"),
  field("owner", "owner", "owner_id", { aliases: ["assignedTo"], ...readOnly }),
  field("tags", "tags", "id", { aliases: ["tag"], ...readOnly }),
  field("createdAt", "time", "created_at", {
    aliases: ["created", "createdDate", "dateCreated"],
    ...readOnly,
  }),
  field("updatedAt", "time", "updated_at", {
    aliases: ["updated", "lastUpdated", "modifiedAt"],
    ...readOnly,
  }),
];

/** The column that is none: a contact's name is made of its two parts. */
export const FULL_NAME = "full_name";

const linkedin = field("linkedinUrl", "text", "linkedin_url", {
  format: "url",
  aliases: ["linkedin", "linkedinProfile", "linkedinLink"],
});
const phone = field("phone", "text", "phone", {
  aliases: ["phoneNumber", "telephone", "mobile", "mobilePhone", "tel"],
});
const city = field("city", "text", "city", { aliases: ["town", "location"] });
const country = field("country", "text", "country", { aliases: ["nation"] });
const companyId = field("companyId", "id", "company_id", { refersTo: "company" });
const contactId = field("contactId", "id", "contact_id", {
  refersTo: "contact",
  aliases: ["primaryContactId", "primaryContact"],
});

export const FIELDS: Readonly<Record<Entity, readonly Field[]>> = {
  contact: [
    field("id", "id", "id", readOnly),
    field("firstName", "text", "first_name", { aliases: ["givenName", "forename"] }),
    field("lastName", "text", "last_name", { aliases: ["surname", "familyName"] }),
    field("name", "text", FULL_NAME, { aliases: ["fullName", "contactName"], ...readOnly }),
    field("email", "text", "email", { format: "email", aliases: ["emailAddress", "mail"] }),
    phone,
    field("title", "text", "title", { aliases: ["jobTitle", "position", "role", "job"] }),
    field("status", "text", "status", { aliases: ["leadStatus", "contactStatus"] }),
    field("source", "text", "source", { aliases: ["leadSource"] }),
    city,
    country,
    linkedin,
    companyId,
    field("replied", "flag", "replied", { aliases: ["hasReplied"] }),
    field("openedEmail", "flag", "opened_email", { aliases: ["opened", "emailOpened"] }),
    field("interested", "flag", "interested", { aliases: ["isInterested"] }),
    field("optedOut", "flag", "opted_out", { aliases: ["unsubscribed", "optOut"] }),
    field("lastContactedAt", "time", "last_contacted_at", {
      aliases: ["lastContacted", "lastContactDate", "lastContact"],
    }),
    ...COMMON,
  ],
  company: [
    field("id", "id", "id", readOnly),
    field("name", "text", "name", { isRequired: true, aliases: ["companyName"] }),
    field("domain", "text", "domain", { format: "domain", aliases: ["website", "url"] }),
    field("industry", "text", "industry", { aliases: ["sector"] }),
    field("employees", "number", "employees", {
      aliases: ["employeeCount", "numberOfEmployees", "headcount", "size", "companySize"],
    }),
    field("revenue", "number", "revenue", { aliases: ["annualRevenue"] }),
    field("status", "text", "status"),
    phone,
    city,
    country,
    linkedin,
    contactId,
    ...COMMON,
  ],
  deal: [
    field("id", "id", "id", readOnly),
    field("name", "text", "name", { isRequired: true, aliases: ["dealName"] }),
    field("value", "number", "value", { aliases: ["amount", "dealValue", "dealSize"] }),
    field("currency", "text", "currency", { format: "currency", isRequired: true }),
    field("stage", "text", "stage", { aliases: ["dealStage", "pipelineStage"] }),
    field("previousStage", "text", "previous_stage", readOnly),
    field("probability", "number", "probability"),
    field("lossReason", "text", "loss_reason", { aliases: ["lostReason", "reasonLost"] }),
    field("open", "flag", "open", { aliases: ["isOpen"] }),
    field("closeDate", "day", "close_date", { aliases: ["expectedCloseDate", "closingDate"] }),
    field("closedAt", "time", "closed_at", readOnly),
    companyId,
    contactId,
    ...COMMON,
  ],
};

/** What a bare word means that is no field of the entity itself. */
export const SHORTCUTS: Readonly<Record<Entity, ReadonlyMap<string, string>>> = {
  contact: new Map([
    ["contact", "id"],
    ["company", "company.name"],
    ["companyname", "company.name"],
    ["deal", "deal.id"],
  ]),
  company: new Map([
    ["company", "id"],
    ["contact", "contact.id"],
    ["deal", "deal.id"],
  ]),
  deal: new Map([
    ["deal", "id"],
    ["contact", "contact.id"],
    ["company", "company.name"],
    ["companyname", "company.name"],
    ["contactname", "contact.name"],
  ]),
};

export type CustomType = (typeof CUSTOM_FIELD_TYPES)[number];

export interface CustomField {
  readonly id: string;
  readonly entity: Entity;
  readonly name: string;
  readonly key: string;
  readonly type: CustomType;
  /** With `select`: the values to choose from. */
  readonly options: readonly string[];
  readonly createdAt: number;
}

export const KIND_OF_CUSTOM: Readonly<Record<CustomType, FieldKind>> = {
  text: "text",
  number: "number",
  boolean: "flag",
  date: "day",
  select: "text",
};

/** The types by which conditions compare. */
export const COMPARED_AS: Readonly<Record<FieldKind, FieldType>> = {
  text: "text",
  number: "number",
  flag: "flag",
  time: "date",
  day: "date",
  id: "text",
  tags: "list",
  owner: "text",
};

/** `Lead Score`, `lead_score` and `leadScore` are one name. */
export function keyOfName(name: string): string {
  return fold(name).replaceAll(/[\s_-]+/g, "");
}
