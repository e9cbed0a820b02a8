/**
 * How the CLI speaks to a data folder: HTTP over the holder's socket, which only those may open who may read the
 * folder. Where nobody holds it, the CLI opens the folder itself and then speaks to itself in the same way.
 */
import { existsSync } from "node:fs";
import { request, type IncomingMessage } from "node:http";
import { connect } from "node:net";

import { Fault, isFaultCode } from "#domain/fault.ts";
import { readHolder } from "#store/folder.ts";

export interface Ask {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface HolderClient extends AsyncDisposable {
  /** The JSON that was answered. @throws Fault with what the holder said was wrong. */
  readonly ask: (ask: Ask) => Promise<unknown>;
  /** The answer as it comes in, for events and exports. */
  readonly stream: (ask: Ask) => Promise<IncomingMessage>;
}

/** @throws Fault `not_found` where there is no such folder, `folder_held` when somebody has it and does not answer. */
export async function reachFolder(folder: string): Promise<HolderClient> {
  demandFolder(folder);
  const holder = readHolder(folder);
  if (holder !== undefined && (await answers(holder.socket)))
    return clientOf(holder.socket, async () => {});
  const { openApp } = await import("#app");
  const app = await openApp({ data: folder, port: null, log: "silent" });
  return clientOf(app.socket, app.close);
}

/** Only the server makes a folder: anywhere else, one that is not there was mistyped. */
function demandFolder(folder: string): void {
  if (existsSync(folder)) return;
  throw new Fault("not_found", `There is no data folder ${folder}`, {
    suggestion: "Name the server's with --data; `stint serve` makes a new one",
  });
}

function answers(socketPath: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(socketPath);
  socket.once("connect", () => {
    socket.destroy();
    resolve(true);
  });
  socket.once("error", () => resolve(false));
  return promise;
}

function clientOf(socketPath: string, close: () => Promise<void>): HolderClient {
  const stream = async (ask: Ask): Promise<IncomingMessage> => {
    const answer = await send(socketPath, ask);
    if ((answer.statusCode ?? 500) < 400) return answer;
    throw faultOf(answer.statusCode ?? 500, await readText(answer));
  };
  return {
    stream,
    ask: async (ask) => {
      const text = await readText(await stream(ask));
      return text === "" ? undefined : (JSON.parse(text) as unknown);
    },
    [Symbol.asyncDispose]: close,
  };
}

function send(
  socketPath: string,
  { method, path, body, headers = {}, signal }: Ask,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const text = body === undefined ? undefined : JSON.stringify(body);
  const type = text === undefined ? {} : { "content-type": "application/json" };
  const abort = signal === undefined ? {} : { signal };
  const call = request(
    { socketPath, method, path, headers: { ...type, ...headers }, ...abort },
    resolve,
  );
  call.once("error", (cause) => {
    const suggestion = "Try again; if it stays, see whether the server still runs";
    reject(
      new Fault("unavailable", `The holder of the data folder does not answer: ${cause.message}`, {
        cause,
        suggestion,
      }),
    );
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
