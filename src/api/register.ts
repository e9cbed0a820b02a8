/** Every route of the contract, registered in one way: parse at the door, ask who it is, do it, answer. */
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { paramsSchema, type Route } from "#contract/route.ts";
import { ROUTE_NAMES, ROUTES, type RouteName } from "#contract/routes.ts";
import { Fault } from "#domain/fault.ts";

import { demandIdentity, isWorkspaceRight, type Asking, type Registry } from "./asking.ts";
import type { AnsweredRoute, Handlers } from "./handler.ts";
import { headersOf } from "./headers.ts";
import { refuseInput } from "./problem.ts";
import { demandSameOrigin, provenanceOf } from "./security.ts";

export interface Served {
  readonly handlers: Handlers;
  readonly registry: Registry;
  /** Whether a request came through the data folder's own socket. */
  readonly isLocal: (request: FastifyRequest) => boolean;
  /** How many changes wait for the store. */
  readonly changesUnderWay: () => number;
}

/** A handler once its types have done their work. */
type AnyHandler = (request: Readonly<Record<string, unknown>>) => Promise<unknown>;

export function registerRoutes(app: FastifyInstance, served: Served): void {
  for (const name of ROUTE_NAMES) {
    const route: Route = ROUTES[name];
    if (route.gives !== undefined) continue;
    const handler = served.handlers[name as AnsweredRoute] as unknown as AnyHandler;
    app.route({
      method: route.method,
      url: route.path,
      handler: async (request, reply) => {
        demandRoom(route, served);
        const asked = await readRequest(name, request, served);
        const circumstances = {
          headers: headersOf(request.headers),
          signal: goneSignal(request, reply),
        };
        const answer = await handler({ ...asked, ...circumstances });
        return respond(route, name, answer, reply, request.log);
      },
    });
  }
}

/** About a third of a second of work; who waits longer than that should come back rather than pile up here. */
const MOST_UNDER_WAY = 10_000;
const RETRY_AFTER_MS = 1000;

/** @throws Fault `unavailable` for changes while the store is behind with those it has. */
function demandRoom({ method, urgent }: Route, { changesUnderWay }: Served): void {
  if (method === "GET" || urgent === true || changesUnderWay() < MOST_UNDER_WAY) return;
  throw new Fault("unavailable", "The store is behind with what others change", {
    retryAfterMs: RETRY_AFTER_MS,
    suggestion: "Try again in a second",
  });
}

interface Asked extends Partial<Asking> {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: unknown;
  readonly body: unknown;
  readonly idempotencyKey: string | undefined;
}

/**
 * Who asks is settled before the input is looked at, so that a stranger learns nothing from its errors.
 * @throws Fault with what is wrong.
 */
export async function readRequest(
  name: RouteName,
  request: FastifyRequest,
  served: Served,
): Promise<Asked> {
  const route: Route = ROUTES[name];
  const params = readParams(route, request);
  const asking = await admit(route, params, request, served);
  return {
    ...asking,
    params,
    query: readPart(route.query, request.query, "The query"),
    body: readPart(route.body, request.body ?? undefined, "The body"),
    idempotencyKey: route.keyed === true ? readIdempotencyKey(request) : undefined,
  };
}

/** What does not fit names nothing. */
function readParams(route: Route, request: FastifyRequest): Readonly<Record<string, unknown>> {
  const parsed = paramsSchema(route.path).safeParse(request.params);
  if (parsed.success) return parsed.data;
  const name = String(parsed.error.issues[0]?.path[0] ?? "id");
  const given = (request.params as Readonly<Record<string, string>>)[name];
  throw new Fault("not_found", `Nothing has the ${name} ${JSON.stringify(given)}`, {
    suggestion: "Take ids as the lists of the API give them",
  });
}

async function admit(
  route: Route,
  params: Readonly<Record<string, unknown>>,
  request: FastifyRequest,
  { registry, isLocal }: Served,
): Promise<Partial<Asking>> {
  if (route.right === "public") return {};
  const identity = demandIdentity(
    await registry.identify(headersOf(request.headers), isLocal(request)),
  );
  if (identity.via === "session") demandSameOrigin(provenanceOf(request));
  if (!isWorkspaceRight(route.right)) return { identity };
  const entered = await registry.enter(identity, String(params["workspaceId"]), route.right);
  return { identity, entered };
}

function readPart(schema: Route["query"], given: unknown, where: string): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw refuseInput(where, parsed.error);
  return parsed.data;
}

const LONGEST_KEY = 200;

function readIdempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers["idempotency-key"];
  if (key === undefined) return undefined;
  if (typeof key === "string" && key !== "" && key.length <= LONGEST_KEY) return key;
  throw new Fault("bad_request", `An Idempotency-Key has 1 to ${LONGEST_KEY} characters`, {
    suggestion: "Send a UUID, or leave the header out",
  });
}

function goneSignal(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  request.raw.once("close", () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** What the contract does not know of is not sent; an answer that breaks it is a bug of ours, yet better than none. */
function respond(
  route: Route,
  name: RouteName,
  answer: unknown,
  reply: FastifyReply,
  log: FastifyBaseLogger,
): unknown {
  reply.code(route.status);
  if (route.output === undefined) return reply.send();
  const checked = route.output.safeParse(answer);
  if (checked.success) return checked.data;
  const places = checked.error.issues.map(({ path, code }) => `${path.join(".")}: ${code}`);
  log.error({ route: name, places }, "the answer does not keep its contract");
  return answer;
}
