/** The HTTP server: the contract's routes, better-auth's own, the live feed and the page. */
import {
  fastify,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";

import { PROBLEM_TYPE } from "#contract/problem.ts";
import { ROUTE_NAMES, ROUTES } from "#contract/routes.ts";
import { Fault } from "#domain/fault.ts";

import { readBodies } from "./body.ts";
import { servePage } from "./page.ts";
import { isApiPath } from "./paths.ts";
import { explain, noSuchRoute, type Problem, wrongMethod } from "./problem.ts";
import { registerRoutes, type Served } from "./register.ts";
import { setSecurityHeaders } from "./security.ts";

export interface ServerOptions extends Served {
  readonly log: FastifyBaseLogger;
  readonly pageFolder?: string;
}

export function createServer({ log, pageFolder, ...served }: ServerOptions): FastifyInstance {
  const app: FastifyInstance = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
    /** A body of 32 MiB over a slow line takes its time; headers do not. */
    requestTimeout: 300_000,
    frameworkErrors: (error, request, reply) => {
      refuse(error, request, reply);
    },
  });
  setSecurityHeaders(app);
  readBodies(app);
  app.setErrorHandler((error, request, reply) => refuse(error, request, reply));
  app.setNotFoundHandler(answerNothing);
  app.options("/api/*", async (request, reply) =>
    reply
      .code(204)
      .header("allow", allowedAt(pathOf(request)).join(", "))
      .send(),
  );
  registerRoutes(app, served);
  servePage(app, pageFolder);
  return app;
}

/** Every error leaves as a problem; a bug is logged with its stack, the answer carries its reference alone. */
function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { problem, bug } = explain(error);
  if (bug !== undefined) {
    const route = request.routeOptions?.url ?? "none";
    request.log.error({ err: bug.error, reference: bug.reference, route }, "a request failed");
  }
  if (error instanceof Fault && error.retryAfterMs !== undefined)
    reply.header("retry-after", Math.ceil(error.retryAfterMs / 1000));
  return sendProblem(reply, problem);
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
}

function answerNothing(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = pathOf(request);
  if (!isApiPath(path))
    return reply.code(404).type("text/plain; charset=utf-8").send("Not found\n");
  const allowed = allowedAt(path);
  if (allowed.length === 0) return sendProblem(reply, noSuchRoute(request.method, path));
  reply.header("allow", allowed.join(", "));
  return sendProblem(reply, wrongMethod(request.method, path, allowed));
}

function pathOf(request: FastifyRequest): string {
  return request.url.split("?", 1)[0] ?? "/";
}

const SHAPES = ROUTE_NAMES.map((name) => {
  const { method, path } = ROUTES[name];
  return {
    method,
    shape: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/:\w+/g, "[^/]+")}$`),
  };
});

function allowedAt(path: string): readonly string[] {
  const methods = SHAPES.filter(({ shape }) => shape.test(path)).map(
    ({ method }) => method as string,
  );
  return [...new Set(methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])))];
}
