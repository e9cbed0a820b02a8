/**
 * A LangChain chat model as a `Chat`. Its package is loaded when the first text is read, and by nothing else. What comes
 * back is read at the door: packages of different providers agree on little.
 */
import { z } from "zod";

import type { Tokens } from "#domain/spending.ts";

import { answerSchema } from "./answer-schema.ts";
import type { Chat, Said, Turn } from "./chat.ts";

type Invoke = (
  turns: [string, string][],
  options: { readonly signal: AbortSignal },
) => Promise<unknown>;

/** What is needed of a LangChain chat model. */
export interface ChatModel {
  readonly withStructuredOutput: (schema: object, config: object) => { readonly invoke: Invoke };
  readonly invoke: Invoke;
}

export interface ChatOptions {
  readonly model: string;
  readonly open: () => Promise<ChatModel>;
  /** How the schema is said to the provider; unset: as its package does by itself. */
  readonly method?: "jsonSchema";
}

export function langchainChat({ model, open, method }: ChatOptions): Chat {
  const config = { name: "plan", includeRaw: true, ...(method !== undefined && { method }) };
  return {
    model,
    ask: async (turns: readonly Turn[], signal) => {
      const chat = await open();
      const said = turns.map(([role, words]): [string, string] => [role, words]);
      try {
        const structured = chat.withStructuredOutput(answerSchema(), config);
        return readSaid(await structured.invoke(said, { signal }));
      } catch (error) {
        if (!isAboutSchema(error)) throw error;
        const raw = await chat.invoke(said, { signal });
        return readSaid({ raw, parsed: jsonIn((raw as { readonly text?: unknown }).text) });
      }
    },
  };
}

/** Providers and models differ in the schemas that they take: the words of the prompt say the same. */
function isAboutSchema(error: unknown): boolean {
  const { statusCode, status, message } = (error ?? {}) as Readonly<Record<string, unknown>>;
  const isRefused = statusCode === 400 || status === 400;
  return isRefused && /schema|response_?format|unknown name/i.test(String(message));
}

/** The JSON that a text is, or that stands in it between fences. */
function jsonIn(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  const fenced = /^\s*```(?:json)?\s*(.*?)\s*```\s*$/s.exec(text)?.[1];
  try {
    return JSON.parse(fenced ?? text) as unknown;
  } catch {
    return undefined;
  }
}

const count = z.int().min(0).catch(0);
const word = z.string().optional().catch(undefined);

const answeredSchema = z.object({
  parsed: z.unknown().optional(),
  raw: z.object({
    text: z.string().catch(""),
    usage_metadata: z
      .object({
        input_tokens: count,
        output_tokens: count,
        input_token_details: z.object({ cache_read: count, cache_creation: count }).optional(),
      })
      .optional()
      .catch(undefined),
    response_metadata: z
      .object({ finish_reason: word, stop_reason: word, model: word, model_name: word })
      .optional()
      .catch(undefined),
  }),
});
type Raw = z.output<typeof answeredSchema>["raw"];

/** @throws ZodError for what is no answer of a LangChain model */
function readSaid(answer: unknown): Said {
  const { parsed, raw } = answeredSchema.parse(answer);
  const { finish_reason, stop_reason, model, model_name } = raw.response_metadata ?? {};
  const json = parsed ?? undefined;
  return {
    json,
    text: raw.text,
    ended: endOf(finish_reason ?? stop_reason, json),
    model: model ?? model_name ?? null,
    tokens: tokensOf(raw),
  };
}

/** How providers say that an answer is not whole. */
const ENDS: Readonly<Record<string, Said["ended"]>> = {
  MAX_TOKENS: "cut",
  max_tokens: "cut",
  length: "cut",
  SAFETY: "blocked",
  RECITATION: "blocked",
  BLOCKLIST: "blocked",
  PROHIBITED_CONTENT: "blocked",
  SPII: "blocked",
  LANGUAGE: "blocked",
  content_filter: "blocked",
  refusal: "blocked",
};

function endOf(reason: string | undefined, json: unknown): Said["ended"] {
  const known = reason === undefined ? undefined : ENDS[reason];
  return known ?? (json === undefined ? "malformed" : "whole");
}

/** LangChain counts what came from a cache within the input. */
function tokensOf({ usage_metadata: usage }: Raw): Tokens {
  const { cache_read: cacheRead = 0, cache_creation: cacheWrite = 0 } =
    usage?.input_token_details ?? {};
  const input = Math.max(0, (usage?.input_tokens ?? 0) - cacheRead - cacheWrite);
  return { input, cacheRead, cacheWrite, output: usage?.output_tokens ?? 0 };
}
