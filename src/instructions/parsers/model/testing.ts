/**
 * Google's Gemini on loopback, as strict as the real one: it refuses a request with a field or schema keyword that it
 * does not know, without its key, or for a model that it has not, and answers with what a test has recorded.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import type { NamedTrigger, Parsed, PlanStep } from "#domain/plan.ts";

import { parseOffline } from "../offline.ts";
import { refusalOf } from "./testing-rules.ts";

export const FAKE_KEY = "AIzaFake-key-of-tests";
export const FAKE_MODEL = "gemini-2.5-pro";

/** What it answers to one request; `hang` never answers. */
export type FakeAnswer =
  | "hang"
  | {
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    };

export interface FakeRequest {
  readonly text: string;
  /** How many turns the conversation has. */
  readonly turns: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface FakeGemini extends AsyncDisposable {
  readonly endpoint: string;
  readonly requests: readonly FakeRequest[];
  /** Answers for the next requests, one each; after them it reads by itself. */
  readonly next: (...answers: readonly FakeAnswer[]) => void;
  /** Settles when the request of that number (from 1) has come in. */
  readonly asked: (number: number) => Promise<void>;
}

const USAGE = {
  promptTokenCount: 1200,
  cachedContentTokenCount: 200,
  candidatesTokenCount: 80,
  thoughtsTokenCount: 20,
  totalTokenCount: 1300,
};

/** A whole answer of the model, its thoughts before it. */
export function saying(text: string, finishReason = "STOP"): FakeAnswer {
  const parts = [{ text: "Let me see.", thought: true }, { text }];
  const candidate = { content: { role: "model", parts }, finishReason, index: 0 };
  return {
    status: 200,
    body: { candidates: [candidate], usageMetadata: USAGE, modelVersion: FAKE_MODEL },
  };
}

export const answering = (json: unknown): FakeAnswer => saying(JSON.stringify(json));

/** An error as Google words it. */
export function failing(
  status: number,
  word: string,
  message: string,
  details: readonly unknown[] = [],
): FakeAnswer {
  return { status, body: { error: { code: status, message, status: word, details } } };
}

export const OVERLOADED = failing(
  503,
  "UNAVAILABLE",
  "The model is overloaded. Please try again later.",
);
export const HASTE = (seconds: number): FakeAnswer =>
  failing(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).", [
    { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: `${seconds}s` },
  ]);
export const QUOTA = failing(
  429,
  "RESOURCE_EXHAUSTED",
  "You exceeded your current quota, please check your plan and billing details.",
  [
    {
      "@type": "type.googleapis.com/google.rpc.QuotaFailure",
      violations: [{ quotaId: "GenerateRequestsPerDayPerProjectPerModel-FreeTier" }],
    },
    { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "41s" },
  ],
);
export const UNKNOWN_MODEL = failing(
  404,
  "NOT_FOUND",
  "models/gemini-2.5-pro is not found for API version v1beta.",
);
export const BAD_KEY = failing(
  400,
  "INVALID_ARGUMENT",
  "API key not valid. Please pass a valid API key.",
  [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "API_KEY_INVALID" }],
);
export const BLOCKED: FakeAnswer = {
  status: 200,
  body: { promptFeedback: { blockReason: "PROHIBITED_CONTENT" }, usageMetadata: USAGE },
};
export const UNSAFE: FakeAnswer = {
  status: 200,
  body: { candidates: [{ finishReason: "SAFETY", index: 0 }], usageMetadata: USAGE },
};

/** @param recorded answers by text; what is not there is read by the grammar, as a good model would */
export async function fakeGemini(
  recorded: ReadonlyMap<string, unknown> = new Map(),
): Promise<FakeGemini> {
  const requests: FakeRequest[] = [];
  const queue: FakeAnswer[] = [];
  const waiting = new Map<number, () => void>();
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const refused = refusalOf(request, body, { key: FAKE_KEY, model: FAKE_MODEL });
      if (refused !== undefined) return send(response, refused);
      const asked = readAsked(body);
      requests.push(asked);
      waiting.get(requests.length)?.();
      const answer = queue.shift() ?? answering(recorded.get(asked.text) ?? readingOf(asked.text));
      return answer === "hang" ? undefined : send(response, answer);
    });
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    next: (...answers) => {
      queue.push(...answers);
    },
    asked: async (number) => {
      if (requests.length >= number) return;
      await new Promise<void>((come) => waiting.set(number, come));
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString()) as unknown;
  } catch {
    return undefined;
  }
}

function send(
  response: ServerResponse,
  { status, body, headers = {} }: Exclude<FakeAnswer, "hang">,
): void {
  response.writeHead(status, { "content-type": "application/json; charset=UTF-8", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

interface Content {
  readonly parts: readonly { readonly text: string }[];
}

function readAsked(body: unknown): FakeRequest {
  const { contents } = body as { readonly contents: readonly Content[] };
  const text = contents[0]?.parts.map((part) => part.text).join("") ?? "";
  return { text, turns: contents.length, body: body as FakeRequest["body"] };
}

/** A parser's answer as a model words it: quotes in place of spans. */
export function readingOf(text: string, parsed: Parsed = parseOffline(text)): unknown {
  if ("error" in parsed) return { refused: parsed.error.details };
  const { trigger, steps } = parsed.plan;
  return {
    ...(trigger !== undefined && { trigger: quotedTrigger(trigger, text) }),
    refused: [],
    steps: steps.map((step) => quoted(step, text)),
  };
}

function quotedTrigger({ span, ...trigger }: NamedTrigger, text: string): unknown {
  return { quote: text.slice(span?.start, span?.end), ...trigger };
}

function quoted({ span, ...step }: PlanStep, text: string): unknown {
  const quote = span === undefined ? "" : text.slice(span.start, span.end);
  if (step.type !== "if") return { quote, ...step };
  const inner = (steps: readonly PlanStep[]): readonly unknown[] =>
    steps.map((one) => quoted(one, text));
  return {
    quote,
    ...step,
    then: inner(step.then),
    ...(step.else !== undefined && { else: inner(step.else) }),
  };
}
