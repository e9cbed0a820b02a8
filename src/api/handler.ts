import type { AnswerOf, RequestTo } from "#contract/route.ts";
import type { RouteName, Routes } from "#contract/routes.ts";

import type { Asking, Identity } from "./asking.ts";

type RightOf<Name extends RouteName> = Routes[Name]["right"];

/** What the route's right lets a handler know of who asks. */
type Known<Right> = Right extends "public"
  ? unknown
  : Right extends "signedIn"
    ? { readonly identity: Identity }
    : Asking;

/** What every handler gets beside what the route takes. */
export interface Circumstances {
  /** The `Idempotency-Key` of a keyed route. */
  readonly idempotencyKey: string | undefined;
  readonly headers: Headers;
  /** Aborts when the one who asked is gone. */
  readonly signal: AbortSignal;
}

type Streamed = {
  [Name in RouteName]: Routes[Name] extends { readonly gives: readonly string[] } ? Name : never;
}[RouteName];

/** The routes whose answer is one JSON document, or none. */
export type AnsweredRoute = Exclude<RouteName, Streamed>;

export type Handler<Name extends RouteName> = (
  request: RequestTo<Routes[Name]> & Known<RightOf<Name>> & Circumstances,
) => Promise<AnswerOf<Routes[Name]> | (AnswerOf<Routes[Name]> extends undefined ? void : never)>;

/** One for every route: a missing one does not compile. */
export type Handlers = { readonly [Name in AnsweredRoute]: Handler<Name> };

/** A part of them, as the file of one area gives it. */
export type HandlersOf<Area extends Partial<Record<RouteName, unknown>>> = {
  readonly [Name in keyof Area & AnsweredRoute]: Handler<Name>;
};
