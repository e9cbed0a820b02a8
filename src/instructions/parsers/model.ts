import { type Parsed, refuse } from "#domain/plan.ts";
import { addSpending, NO_TOKENS, type Tokens } from "#domain/spending.ts";

import { LONGEST_TEXT, type Parser } from "../parser.ts";
import { readAnswer } from "./model/answer.ts";
import { ask, lastMoment, type Patience } from "./model/ask.ts";
import type { Chat, Said, Turn } from "./model/chat.ts";
import { askAgain, askFor } from "./model/prompt.ts";
import { phraseTrouble, type Trouble, TROUBLES } from "./model/troubles.ts";
import { parseOffline } from "./offline.ts";

/** What reading a text by a model came to. */
export interface ModelReading {
  readonly parsed: Parsed;
  /** Why there is no answer of the model; `parsed` is the refusal that says so. */
  readonly trouble: Trouble | null;
  /** The model that answered, where it said so; else the one that was asked. */
  readonly model: string;
  readonly calls: number;
  readonly tokens: Tokens;
}

export interface ModelParser extends Parser {
  readonly read: (text: string) => Promise<ModelReading>;
}

/**
 * Instructions read by a language model: one request, one more where its answer could not be used (chat.ts the model,
 * answer-schema.ts what it is asked for, answer.ts how that becomes a plan, troubles.ts what can go wrong).
 */
export function modelParser(chat: Chat, patience: Patience): ModelParser {
  const read = (text: string): Promise<ModelReading> => readBy(chat, patience, text);
  return { name: "model", read, parse: async (text) => (await read(text)).parsed };
}

async function readBy(chat: Chat, patience: Patience, text: string): Promise<ModelReading> {
  const unread: Seen = { model: chat.model, calls: 0, tokens: NO_TOKENS };
  if (text.length > LONGEST_TEXT || text.trim() === "")
    return { ...unread, parsed: parseOffline(text), trouble: null };
  const until = lastMoment(patience);
  const asking = { chat, patience, text, until };
  const first = await round(asking, askFor(text), unread);
  if (first.again === undefined || patience.clock.now() >= until) return first.reading;
  const second = await round(asking, first.again, first.reading);
  return second.reading;
}

type Seen = Pick<ModelReading, "model" | "calls" | "tokens">;

interface Round {
  readonly reading: ModelReading;
  /** What to say to have a better answer. */
  readonly again?: readonly Turn[];
}

interface Asking {
  readonly chat: Chat;
  readonly patience: Patience;
  readonly text: string;
  readonly until: number;
}

async function round(
  { chat, patience, text, until }: Asking,
  turns: readonly Turn[],
  before: Seen,
): Promise<Round> {
  const asked = await ask(chat, turns, patience, until);
  if ("trouble" in asked) return troubled(before, asked.trouble, turns, text);
  const { said } = asked;
  const seen = add(before, said);
  if (said.ended === "cut" || said.ended === "blocked")
    return { reading: inTrouble(seen, { kind: said.ended }, text) };
  const answer = readAnswer(said.json, text);
  if (!("wrong" in answer)) return { reading: { ...seen, parsed: answer.parsed, trouble: null } };
  const reading =
    said.ended === "malformed"
      ? inTrouble(seen, { kind: "malformed" }, text)
      : { ...seen, parsed: answer.parsed, trouble: null };
  return { reading, again: askAgain(turns, saidAloud(said), answer.wrong) };
}

/** What is no answer at all is asked for again, as what is no plan. */
function troubled(before: Seen, trouble: Trouble, turns: readonly Turn[], text: string): Round {
  const reading = inTrouble(before, trouble, text);
  return trouble.kind === "malformed"
    ? { reading, again: askAgain(turns, "", ["it is no JSON"]) }
    : { reading };
}

const saidAloud = ({ text, json }: Said): string =>
  text === "" && json !== undefined ? JSON.stringify(json) : text;

function add({ model, calls, tokens }: Seen, said: Said): Seen {
  const one = { cost: null, unknown: 0, tokens };
  const sum = addSpending(one, { ...one, tokens: said.tokens });
  return { model: said.model ?? model, calls: calls + 1, tokens: sum?.tokens ?? tokens };
}

const MOST_TEXT = 200;

function inTrouble(seen: Seen, trouble: Trouble, text: string): ModelReading {
  const reason = phraseTrouble(seen.model, trouble);
  const { suggestion } = TROUBLES[trouble.kind];
  const parsed = refuse([{ text: text.trim().slice(0, MOST_TEXT), reason, suggestion }]);
  return { ...seen, parsed, trouble };
}
