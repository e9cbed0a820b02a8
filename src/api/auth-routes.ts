/** better-auth's own endpoints, under `/api/auth/`: signing in and out. Their refusals leave as problems too. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Auth } from "#auth/auth.ts";
import { PROBLEM_TYPE } from "#contract/problem.ts";

import { headersOf } from "./headers.ts";
import { noSuchRoute } from "./problem.ts";
import { sendProblem } from "./server.ts";

const MOST_BYTES = 64 * 1024;

export function registerAuth(app: FastifyInstance, auth: () => Promise<Auth>): void {
  app.register(async (own) => {
    own.removeAllContentTypeParsers();
    own.addContentTypeParser(
      "*",
      { parseAs: "buffer", bodyLimit: MOST_BYTES },
      async (_request: unknown, body: Buffer) => body,
    );
    own.route({
      method: ["GET", "POST"],
      url: "/api/auth/*",
      handler: async (request, reply) => {
        const answer = await (await auth()).handler(asRequest(request), request.ip);
        return respond(answer, request, reply);
      },
    });
  });
}

function asRequest({ raw, method, url, body }: FastifyRequest): Request {
  const { host = "localhost" } = raw.headers;
  const given = Buffer.isBuffer(body) && method !== "GET" ? { body: new Uint8Array(body) } : {};
  return new Request(`http://${host}${url}`, { method, headers: headersOf(raw.headers), ...given });
}

async function respond(
  answer: Response,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  for (const [name, value] of answer.headers) if (name !== "set-cookie") reply.header(name, value);
  for (const cookie of answer.headers.getSetCookie()) reply.header("set-cookie", cookie);
  const text = await answer.text();
  if (answer.status < 400) return reply.code(answer.status).send(text);
  reply.removeHeader("content-length").removeHeader("content-type");
  if (answer.status === 404)
    return sendProblem(reply, noSuchRoute(request.method, request.url.split("?", 1)[0] ?? ""));
  return reply
    .code(answer.status)
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problemOf(answer.status, text)));
}

interface Refused {
  readonly message?: unknown;
  readonly code?: unknown;
}

function problemOf(status: number, text: string): Readonly<Record<string, unknown>> {
  const { message, code } = readRefusal(text);
  const word = typeof code === "string" ? code.toLowerCase() : "not_signed_in";
  const detail = typeof message === "string" ? message : "Signing in was refused";
  const suggestion =
    status === 429 ? "Wait a minute and try again" : "Check the address and the password";
  return {
    type: `/problems/${word}`,
    title: "Signing in was refused",
    status,
    detail,
    code: word,
    suggestion,
  };
}

function readRefusal(text: string): Refused {
  try {
    return (JSON.parse(text) ?? {}) as Refused;
  } catch {
    return {};
  }
}
