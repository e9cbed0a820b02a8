/** A typed client for the browser and for tests: one function a route, made from the routes themselves. */
import { type Problem, PROBLEM_TYPE, problemSchema } from "./problem.ts";
import type { CallTo, ResultOf, Route } from "./route.ts";
import { ROUTE_NAMES, ROUTES, type RouteName, type Routes } from "./routes.ts";

/** What is streamed is read by other means (EventSource, Socket.io, a download). */
type Callable = {
  [Name in RouteName]: Routes[Name] extends { readonly gives: readonly string[] } ? never : Name;
}[RouteName];

type Call<R extends Route> =
  Record<string, never> extends CallTo<R>
    ? (call?: CallTo<R>, options?: CallOptions) => Promise<ResultOf<R>>
    : (call: CallTo<R>, options?: CallOptions) => Promise<ResultOf<R>>;

export type Client = { readonly [Name in Callable]: Call<Routes[Name]> };

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** A repeat with the same key does nothing and gets the first one's answer. */
  readonly idempotencyKey?: string;
}

export interface ClientOptions {
  /** Nothing in the browser: the page's own server. */
  readonly baseUrl?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fetch?: typeof globalThis.fetch;
  /** Reads every answer through its schema; for tests. */
  readonly check?: boolean;
}

/** The server said no, and why. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

interface AnyCall {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

export function client(options: ClientOptions = {}): Client {
  const functions = ROUTE_NAMES.map((name) => {
    const route: Route = ROUTES[name];
    return [name, (call: AnyCall = {}, more: CallOptions = {}) => send(route, call, options, more)];
  });
  return Object.fromEntries(functions) as Client;
}

async function send(
  route: Route,
  call: AnyCall,
  options: ClientOptions,
  more: CallOptions,
): Promise<unknown> {
  const fetch = options.fetch ?? globalThis.fetch;
  const response = await fetch(`${options.baseUrl ?? ""}${urlOf(route, call)}`, {
    method: route.method,
    headers: headersOf(route, call, options, more),
    credentials: "same-origin",
    ...(call.body === undefined ? {} : { body: bodyOf(route, call.body) }),
    ...(more.signal === undefined ? {} : { signal: more.signal }),
  });
  if (!response.ok) throw new ProblemError(await readProblem(response));
  if (response.status === 204) return undefined;
  const answer: unknown = await response.json();
  return options.check === true && route.output !== undefined ? route.output.parse(answer) : answer;
}

/** The path and query of a call: `/api/workspaces/ws_1/agents?limit=10`. */
export function urlOf(route: Route, { params = {}, query = {} }: AnyCall): string {
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return text === "" ? path : `${path}?${text}`;
}

function headersOf(
  route: Route,
  call: AnyCall,
  options: ClientOptions,
  more: CallOptions,
): Record<string, string> {
  return {
    accept: "application/json",
    ...(call.body === undefined ? {} : { "content-type": route.takes ?? "application/json" }),
    ...(more.idempotencyKey === undefined ? {} : { "idempotency-key": more.idempotencyKey }),
    ...options.headers,
  };
}

function bodyOf(route: Route, body: unknown): string {
  return route.takes === undefined ? JSON.stringify(body) : String(body);
}

async function readProblem(response: Response): Promise<Problem> {
  const type = response.headers.get("content-type") ?? "";
  const json: unknown = type.startsWith(PROBLEM_TYPE) ? await response.json() : undefined;
  const { success, data } = problemSchema.safeParse(json);
  if (success) return data;
  const title = `The server answered ${response.status} ${response.statusText}`.trim();
  return {
    type: "about:blank",
    title,
    status: response.status,
    detail: title,
    code: "unavailable",
  };
}
