/**
 * A model on this machine that real Agent CLIs can be told to ask. The first part of the path names
 * the scenario and the run ("tool.7"); answers are counted by run.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { fieldsOf, type Fields } from "#agent-cli/fields.ts";

import { answerMessages } from "./answers/anthropic.ts";
import { answerGemini } from "./answers/gemini.ts";
import { answerResponses } from "./answers/responses.ts";
import type { Scenario, Sent } from "./scenario.ts";

export interface FakeModel extends AsyncDisposable {
  /** The base URL for a run. */
  readonly urlFor: (scenario: Scenario, run: string) => string;
  /** How many requests of a run were answered in full. */
  readonly answered: (run: string) => number;
}

export async function openFakeModel(): Promise<FakeModel> {
  const answered = new Map<string, number>();
  const server = createServer((request, response) => {
    serve(request, response, (run) => answered.set(run, (answered.get(run) ?? 0) + 1)).catch(() => {
      response.destroy();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    urlFor: (scenario, run) => `http://127.0.0.1:${port}/${scenario}.${run}`,
    answered: (run) => answered.get(run) ?? 0,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

type Answering = (body: Fields, scenario: Scenario) => readonly Sent[];

/** By the end of the path. */
const APIS: readonly (readonly [RegExp, Answering])[] = [
  [/\/messages$/, answerMessages],
  [/\/responses$/, answerResponses],
  [/:streamGenerateContent$/, answerGemini],
];

/** The HTTP status, and what Anthropic and Google call it. */
type Refusal = readonly [number, string, string];

const ERRORS: Readonly<Partial<Record<Scenario, Refusal>>> = {
  err429: [429, "rate_limit_error", "RESOURCE_EXHAUSTED"],
  err500: [500, "api_error", "INTERNAL"],
};

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  count: (run: string) => void,
): Promise<void> {
  const body = fieldsOf(JSON.parse((await text(request)) || "{}")) ?? {};
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const [, scenario, run = ""] = /^\/(\w+)\.([^/]+)/.exec(pathname) ?? [];
  const answering = APIS.find(([path]) => path.test(pathname))?.[1];
  if (answering === undefined) return send(response, 404, { error: { message: "no such route" } });
  const error = ERRORS[scenario as Scenario];
  if (error !== undefined) return refuse(response, error);
  stream(response, answering(body, scenario as Scenario));
  count(run);
}

function refuse(response: ServerResponse, [code, type, status]: Refusal): void {
  send(response, code, { type: "error", error: { type, code, status, message: "as asked" } });
}

function stream(response: ServerResponse, events: readonly Sent[]): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const { event, data } of events) {
    const name = event === null ? "" : `event: ${event}\n`;
    response.write(`${name}data: ${JSON.stringify(data)}\n\n`);
  }
  response.end();
}

function send(response: ServerResponse, code: number, body: Fields): void {
  response.writeHead(code, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
