/**
 * A route as data. The server, the typed client, access control and the OpenAPI document all follow from it, so a
 * route without a right, or with a path parameter that nobody knows, does not compile.
 */
import { z } from "zod";

import {
  agentIds,
  companyIds,
  contactIds,
  crmTaskIds,
  customFieldIds,
  dealIds,
  nodeIds,
  notificationIds,
  templateIds,
  workspaceIds,
} from "#domain/id.ts";

import type { Right } from "./rights.ts";
import { errorGroupIdSchema, executionIdSchema } from "./shapes/common.ts";

/** Every path parameter there is. What does not fit its schema names nothing, so it answers 404. */
export const PARAMS = {
  workspaceId: workspaceIds.schema,
  agentId: agentIds.schema,
  executionId: executionIdSchema,
  errorGroupId: errorGroupIdSchema,
  templateId: templateIds.schema,
  contactId: contactIds.schema,
  companyId: companyIds.schema,
  dealId: dealIds.schema,
  crmTaskId: crmTaskIds.schema,
  customFieldId: customFieldIds.schema,
  notificationId: notificationIds.schema,
  userId: z.string().min(1).max(100),
  keyId: z.string().min(1).max(100),
  version: z.coerce.number<string | number>().int().min(1),
  nodeId: nodeIds.schema,
  round: z.coerce.number<string | number>().int().min(1),
  lane: z.coerce.number<string | number>().int().min(1),
} as const;
type ParamName = keyof typeof PARAMS;

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: `/api/${string}`;
  readonly right: Right;
  readonly summary: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The media type of the body: JSON unless it says otherwise. */
  readonly takes?: "text/csv";
  /** The status of success. */
  readonly status: 200 | 201 | 202 | 204;
  /** What success answers; none with 204 and with streams. */
  readonly output?: z.ZodType;
  /** The media types of an answer that is sent as it comes about; other answers are one JSON document. */
  readonly gives?: readonly (
    | "text/event-stream"
    | "text/csv"
    | "application/json"
    | "application/octet-stream"
  )[];
  /** A repeat with the same `Idempotency-Key` header gets the first one's answer and does nothing. */
  readonly keyed?: true;
  /** Done also while the store is behind with what others change: it stops work, or lets it go on. */
  readonly urgent?: true;
}

type NamesIn<Path extends string> = Path extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer More}`
    ? Name | NamesIn<More>
    : Rest
  : never;

type KnownPath<Path extends string> = NamesIn<Path> extends ParamName ? Path : never;

export function route<const R extends Route>(
  definition: R & { readonly path: KnownPath<R["path"]> },
): R {
  return definition;
}

const NAME = /:(\w+)/g;

/** The parameters that a path names, in its order. */
export function paramNames(path: string): readonly ParamName[] {
  return [...path.matchAll(NAME)].map((match) => match[1] as ParamName);
}

/** Reads the parameters of a route's path, all of them strings. */
export function paramsSchema(path: string): z.ZodType<Record<string, unknown>> {
  return z.object(Object.fromEntries(paramNames(path).map((name) => [name, PARAMS[name]])));
}

type NamesOf<R extends Route> = Extract<NamesIn<R["path"]>, ParamName>;
type Out<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type In<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;
type Given<R extends Route, Part extends "query" | "body" | "output"> = Part extends keyof R
  ? R[Part]
  : undefined;

/** What a handler gets: everything parsed at the door. */
export interface RequestTo<R extends Route> {
  readonly params: { readonly [Name in NamesOf<R>]: z.output<(typeof PARAMS)[Name]> };
  readonly query: Out<Given<R, "query">>;
  readonly body: Out<Given<R, "body">>;
}

/** What a handler answers. */
export type AnswerOf<R extends Route> = In<Given<R, "output">>;

/** What a client gets. */
export type ResultOf<R extends Route> = Out<Given<R, "output">>;

type Optional<Key extends string, Value> = [Value] extends [undefined]
  ? unknown
  : undefined extends Value
    ? { readonly [K in Key]?: Value }
    : Record<string, never> extends Value
      ? { readonly [K in Key]?: Value }
      : { readonly [K in Key]: Value };

/** What a client says: parameters, query and body as they go over the wire. */
export type CallTo<R extends Route> = ([NamesOf<R>] extends [never]
  ? unknown
  : { readonly params: { readonly [Name in NamesOf<R>]: z.input<(typeof PARAMS)[Name]> } }) &
  Optional<"query", In<Given<R, "query">>> &
  Optional<"body", In<Given<R, "body">>>;
