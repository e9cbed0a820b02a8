import { z } from "zod";

import { uuid } from "./uuid.ts";

declare const brand: unique symbol;

/** A string known to name one thing of one kind: `run_0198c2…` is never a contact. */
export type Id<Prefix extends string> = string & { readonly [brand]: Prefix };

export interface IdKind<Prefix extends string> {
  readonly prefix: Prefix;
  /** A new id: UUIDv7 behind the prefix, so ids made later sort later. */
  readonly create: () => Id<Prefix>;
  readonly is: (text: unknown) => text is Id<Prefix>;
  /** The only way in from outside: HTTP, files, old rows. */
  readonly schema: z.ZodType<Id<Prefix>, string>;
}

function idKind<const Prefix extends string>(prefix: Prefix): IdKind<Prefix> {
  const shape = new RegExp(`^${prefix}_[0-9a-z-]{1,64}$`);
  const is = (text: unknown): text is Id<Prefix> => typeof text === "string" && shape.test(text);
  const schema = z
    .string()
    .refine(is, { error: `is not an id of the form ${prefix}_…` })
    .transform((text) => text as Id<Prefix>);
  return { prefix, create: () => `${prefix}_${uuid()}` as Id<Prefix>, is, schema };
}

export const runIds = idKind("run");
export const workflowIds = idKind("wfl");
export const nodeIds = idKind("nod");
export const invocationIds = idKind("inv");
export const loopIds = idKind("loop");
export const programIds = idKind("prg");

/** Ids of the kinds that an engine runs. */
export const KIND_IDS = {
  automation: runIds,
  invocation: invocationIds,
  program: programIds,
} as const;

export const workspaceIds = idKind("ws");
export const agentIds = idKind("agt");
export const templateIds = idKind("tpl");
export const contactIds = idKind("con");
export const companyIds = idKind("com");
export const dealIds = idKind("deal");
export const crmTaskIds = idKind("task");
export const activityIds = idKind("act");
export const customFieldIds = idKind("fld");
export const notificationIds = idKind("ntf");
export const messageIds = idKind("msg");

export type WorkspaceId = Id<"ws">;
export type AgentId = Id<"agt">;
export type TemplateId = Id<"tpl">;
export type ContactId = Id<"con">;
export type CompanyId = Id<"com">;
export type DealId = Id<"deal">;
export type CrmTaskId = Id<"task">;
export type MessageId = Id<"msg">;
/** The id of an execution of any kind. */
export type ExecutionId = Id<"run" | "wfl" | "nod" | "inv" | "loop" | "prg">;
/** better-auth names users; Stint only passes their ids on. */
export type UserId = string;
