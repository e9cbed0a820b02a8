/** A line of the files in which Claude Code keeps its sessions. Measured with 2.1.329. */
import { readAssistant, readUser } from "../adapters/claude-form.ts";
import type { Said } from "../events.ts";
import {
  countIn,
  fieldsOf,
  inside,
  listIn,
  numberIn,
  textIn,
  wordsIn,
  type Fields,
} from "../fields.ts";
import type { TokenCounts } from "../tokens.ts";

interface Told {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly uuid: string | null;
  /** Of an agent that the session's own one has called. */
  readonly isAside: boolean;
}

interface Shown {
  /** As it stands in the Agent CLI's own output, long texts cut. */
  readonly shown: string;
}

/** What a person asked. */
export interface PromptLine extends Told {
  readonly type: "prompt";
  readonly text: string;
}

/** One block of what the model said; several of them are one answer of it, which counts once. */
export interface AnswerLine extends Told, Shown {
  readonly type: "answer";
  readonly message: string;
  /** Names the request, where it is told: with the message it is the same in a copy of the line. */
  readonly request: string | null;
  readonly model: string | null;
  readonly tokens: TokenCounts;
  /** As versions before 1.0.9 told it. */
  readonly dollars: number | null;
  /** What no price list knows of it. */
  readonly isBeyondLists: boolean;
  readonly said: readonly Said[];
  /** In place of an answer. */
  readonly error: string | null;
}

export interface ResultLine extends Told, Shown {
  readonly type: "result";
  readonly said: readonly Said[];
}

/** A person has stopped it. */
export interface StopLine extends Told {
  readonly type: "stop";
}

/** What the whole session has cost so far, as the Agent CLI counts it. */
export interface CostLine {
  readonly type: "cost";
  readonly dollars: number;
}

export type SessionLine = PromptLine | AnswerLine | ResultLine | StopLine | CostLine;

export interface Heading {
  readonly folder: string | null;
  readonly version: string | null;
}

function headingOf(line: Fields): Heading {
  return { folder: textIn(line, "cwd"), version: textIn(line, "version") };
}

/** Null: one that says nothing of interest, or is none. */
export function readSessionLine(
  text: string,
): { readonly line: SessionLine; readonly heading: Heading } | null {
  const fields = parse(text);
  const line = fields === null ? null : read(fields);
  return line === null || fields === null ? null : { line, heading: headingOf(fields) };
}

/** Most of a session's file is what it sent; only these need be parsed. */
const OF_INTEREST = /"type":"(?:user|assistant|cost-state)"/;

function parse(text: string): Fields | null {
  if (!OF_INTEREST.test(text)) return null;
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return null; // half a line, which a crash has left
  }
}

function read(line: Fields): SessionLine | null {
  if (line["type"] === "cost-state") return readCost(line);
  const at = Date.parse(textIn(line, "timestamp") ?? "");
  if (Number.isNaN(at)) return null;
  const told = { at, uuid: textIn(line, "uuid"), isAside: line["isSidechain"] === true };
  if (line["type"] === "assistant") return readAnswer(line, told);
  return line["type"] === "user" ? readUserLine(line, told) : null;
}

function readCost(line: Fields): CostLine | null {
  const dollars = numberIn(line, "totalCostUSD");
  const isGuess = line["hasUnknownModelCost"] === true;
  return dollars === null || isGuess ? null : { type: "cost", dollars };
}

function readAnswer(line: Fields, told: Told): AnswerLine | null {
  const message = inside(line, "message");
  const id = textIn(message, "id");
  if (id === null) return null;
  const model = textIn(message, "model");
  const isError = line["isApiErrorMessage"] === true || model === SYNTHETIC;
  return {
    ...told,
    type: "answer",
    message: id,
    request: textIn(line, "requestId"),
    model: isError ? null : model,
    dollars: numberIn(line, "costUSD"),
    isBeyondLists: isBeyondLists(inside(message, "usage")),
    tokens: tokensOf(inside(message, "usage")),
    shown: shownAs("assistant", message),
    error: isError ? (wordsIn(message["content"]) ?? "an API error") : null,
    said: isError ? [] : readAssistant(line).flatMap(withoutBulk),
  };
}

const LONGEST_TEXT = 4000;

function shownAs(type: "assistant" | "user", { id, role, model, content }: Fields): string {
  const line = { type, message: { id, role, model, content } };
  return JSON.stringify(line, (_key, value: unknown) =>
    typeof value === "string" && value.length > LONGEST_TEXT
      ? `${value.slice(0, LONGEST_TEXT)} …`
      : value,
  );
}

/** Written by the Agent CLI itself. */
const SYNTHETIC = "<synthetic>";

function tokensOf(usage: Fields): TokenCounts {
  return {
    input: countIn(usage, "input_tokens"),
    cacheRead: countIn(usage, "cache_read_input_tokens"),
    cacheWrite: countIn(usage, "cache_creation_input_tokens"),
    output: countIn(usage, "output_tokens"),
    reasoning: countIn(inside(usage, "output_tokens_details"), "thinking_tokens"),
    cacheWrite1h: countIn(inside(usage, "cache_creation"), "ephemeral_1h_input_tokens"),
  };
}

/** Searches cost by the piece, and what is faster than usual costs more. */
function isBeyondLists(usage: Fields): boolean {
  const searches = countIn(inside(usage, "server_tool_use"), "web_search_requests") ?? 0;
  return searches > 0 || (textIn(usage, "speed") ?? "standard") !== "standard";
}

/** What tools were given and answered is not needed, and may be most of the file. */
function withoutBulk(said: Said): readonly Said[] {
  if (said.type === "thinking") return [];
  if (said.type === "tool_started") return [{ ...said, input: null }];
  return [said.type === "tool_ended" ? { ...said, output: null } : said];
}

const STOPPED = /^\[Request interrupted by user/;

function readUserLine(line: Fields, told: Told): PromptLine | ResultLine | StopLine | null {
  const { content } = inside(line, "message");
  const results = readUser(line);
  if (results.length > 0) {
    const said = [...results.flatMap(withoutBulk), ...denialsIn(line)];
    return { ...told, type: "result", said, shown: shownAs("user", inside(line, "message")) };
  }
  const text = wordsIn(content);
  if (text === null) return null;
  if (STOPPED.test(text)) return { ...told, type: "stop" };
  const prompt =
    line["isMeta"] === true || line["isCompactSummary"] === true ? null : promptIn(text);
  return prompt === null ? null : { ...told, type: "prompt", text: prompt };
}

function denialsIn(line: Fields): readonly Said[] {
  const decision = inside(line, "permissionDecision");
  if (decision["decision"] !== "reject") return [];
  const by = textIn(decision, "source")?.startsWith("user") === true ? "person" : "rules";
  return listIn(inside(line, "message"), "content").map((block) => {
    const toolId = textIn(inside(block), "tool_use_id");
    return { type: "denied", toolId, tool: null, message: wordsIn(inside(block)["content"]), by };
  });
}

const COMMAND = /<command-name>(.*?)<\/command-name>/s;
const ARGUMENTS = /<command-args>(.*?)<\/command-args>/s;
/** What the Agent CLI tells the model in a person's name: what commands printed, what happened meanwhile. */
const IN_THEIR_NAME =
  /^\s*<(?:local-command|bash-|system-reminder|task-notification|user-memory-input)/;

/** A command of a person's own is a prompt, too. */
function promptIn(text: string): string | null {
  const command = COMMAND.exec(text)?.[1];
  if (command !== undefined) return `${command} ${ARGUMENTS.exec(text)?.[1] ?? ""}`.trim();
  return IN_THEIR_NAME.test(text) ? null : text;
}
