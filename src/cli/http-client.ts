/** Asks over HTTP, and answers with what was said or the fault that it was. */
import { type IncomingMessage, request, type RequestOptions } from "node:http";
import { request as requestSecurely } from "node:https";

import { Fault, isFaultCode } from "#domain/fault.ts";

export interface Ask {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Who keeps the executions: a server, until it is told to end; or this or another command, for as long as it runs. */
export type Keeper = "server" | "this command" | "a command";

export interface HolderClient extends AsyncDisposable {
  readonly keeper: Keeper;
  /** The JSON that was answered. @throws Fault with what the holder said was wrong. */
  readonly ask: (ask: Ask) => Promise<unknown>;
  /** The answer as it comes in, for events and exports. */
  readonly stream: (ask: Ask) => Promise<IncomingMessage>;
}

/** Whom a client speaks to. */
export interface Server {
  readonly to: Omit<RequestOptions, "headers">;
  /** On every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What stands before every path. */
  readonly base: string;
  /** In errors. */
  readonly name: string;
  /** What to do where it does not answer. */
  readonly hint: string;
  readonly keeper: Keeper;
}

export function clientOf(server: Server, close: () => Promise<void>): HolderClient {
  const { keeper } = server;
  const stream = async (ask: Ask): Promise<IncomingMessage> => {
    const answer = await send(server, ask);
    if ((answer.statusCode ?? 500) < 400) return answer;
    throw faultOf(answer.statusCode ?? 500, await readText(answer));
  };
  return {
    keeper,
    stream,
    ask: async (ask) => {
      const text = await readText(await stream(ask));
      return text === "" ? undefined : (JSON.parse(text) as unknown);
    },
    [Symbol.asyncDispose]: close,
  };
}

function send(
  server: Server,
  { method, path, body, headers = {}, signal }: Ask,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const text = body === undefined ? undefined : JSON.stringify(body);
  const { to, base, name, hint } = server;
  const type = text === undefined ? {} : { "content-type": "application/json" };
  const abort = signal === undefined ? {} : { signal };
  const all = { ...server.headers, ...type, ...headers };
  const ask = to.protocol === "https:" ? requestSecurely : request;
  const call = ask({ ...to, method, path: `${base}${path}`, headers: all, ...abort }, resolve);
  call.once("error", (cause) => {
    const message = `${name} does not answer: ${cause.message}`;
    reject(new Fault("unavailable", message, { cause, suggestion: hint }));
  });
  call.end(text);
  return promise;
}

async function readText(answer: IncomingMessage): Promise<string> {
  answer.setEncoding("utf8");
  let text = "";
  for await (const part of answer) text += String(part);
  return text;
}

/** A problem as the fault that it came from. */
function faultOf(status: number, text: string): Fault {
  const problem = readProblem(text);
  const { code, detail, suggestion, type: _type, title, status: _status, ...facts } = problem;
  const known = typeof code === "string" && isFaultCode(code) ? code : codeOf(status);
  const hint = typeof suggestion === "string" ? { suggestion } : {};
  return new Fault(known, saidIn(detail, title, status), {
    facts,
    ...hint,
  });
}

function saidIn(detail: unknown, title: unknown, status: number): string {
  if (typeof detail === "string") return detail;
  return typeof title === "string" ? title : `The server answered ${status}`;
}

function codeOf(status: number): "bad_request" | "internal" {
  return status < 500 ? "bad_request" : "internal";
}

function readProblem(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { detail: text.slice(0, 200) };
  }
}
