/**
 * A model on this machine that real Agent CLIs can be told to ask. The first part of the path names
 * the scenario and the run ("tool.7"), which can be turned to another scenario; answers are counted
 * by run.
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
  /** What that run asks from now on is answered by another scenario. */
  readonly turn: (run: string, scenario: Scenario) => void;
  /** How many requests of a run were answered in full. */
  readonly answered: (run: string) => number;
  /** What a run has asked last, as it was sent. */
  readonly heard: (run: string) => string;
}

export async function openFakeModel(): Promise<FakeModel> {
  const runs = openRuns();
  const server = createServer((request, response) => {
    serve(request, response, runs).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    urlFor: (scenario, run) => `http://127.0.0.1:${port}/${scenario}.${run}`,
    turn: (run, scenario) => {
      runs.of(run).scenario = scenario;
    },
    answered: (run) => runs.of(run).answered,
    heard: (run) => runs.of(run).heard,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

interface Run {
  /** Null: that of the path. */
  scenario: Scenario | null;
  answered: number;
  heard: string;
}

function openRuns() {
  const runs = new Map<string, Run>();
  return {
    of: (name: string): Run => {
      const run = runs.get(name) ?? { scenario: null, answered: 0, heard: "" };
      runs.set(name, run);
      return run;
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
  err401: [401, "authentication_error", "UNAUTHENTICATED"],
  err429: [429, "rate_limit_error", "RESOURCE_EXHAUSTED"],
  err500: [500, "api_error", "INTERNAL"],
};

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  runs: ReturnType<typeof openRuns>,
): Promise<void> {
  const sent = await text(request);
  const body = fieldsOf(JSON.parse(sent || "{}")) ?? {};
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const [, named, name = ""] = /^\/(\w+)\.([^/]+)/.exec(pathname) ?? [];
  const answering = APIS.find(([path]) => path.test(pathname))?.[1];
  if (answering === undefined) return send(response, 404, { error: { message: "no such route" } });
  const run = runs.of(name);
  const scenario = run.scenario ?? (named as Scenario);
  run.heard = sent;
  const error = ERRORS[scenario];
  if (error !== undefined) return refuse(response, error);
  stream(response, answering(body, scenario));
  run.answered += 1;
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
