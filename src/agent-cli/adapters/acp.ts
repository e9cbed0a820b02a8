/**
 * Any agent that speaks the Agent Client Protocol, version 1. What it reports differs from agent to
 * agent; what none of them tells is why a process ended and whether an API call was tried again.
 */
import type { Adapter, AgentTask, Command } from "../adapter.ts";
import type { End, Form, Reason, Said } from "../events.ts";
import {
  countIn,
  inside,
  listIn,
  numberIn,
  ownIn,
  textIn,
  wordsIn,
  type Fields,
} from "../fields.ts";
import { judgeBy, reasonOfWords } from "../judging.ts";
import type { Permission } from "../permission.ts";
import { isBlank, type TokenCounts } from "../tokens.ts";
import { acpDialogue } from "./acp-dialogue.ts";
import { byType, jsonLine, nothing } from "./json-line.ts";

export function acpAdapter(program: string, args: readonly string[]): Adapter {
  function start(task: AgentTask): Command {
    const all = [...args, ...(task.more ?? [])];
    return { program: task.program ?? program, args: all, env: {}, dialogue: acpDialogue(task) };
  }
  return {
    name: "acp",
    namesSessions: false,
    start,
    read: jsonLine(readMessage),
    judge: judgeBy({ closes: true }),
  };
}

function readMessage(message: Fields): readonly Said[] | null {
  if (message["jsonrpc"] !== "2.0") return null;
  if ("error" in message) return readFailure(inside(message, "error"));
  if ("result" in message) return readAnswer(inside(message, "result"));
  return byType(METHODS, message["method"], message);
}

const CLOSED = { type: "end", text: null, turns: null, ms: null } as const;

const AUTH_REQUIRED = -32_000;

function readFailure(error: Fields): readonly Said[] {
  const data = inside(error, "data");
  const message = textIn(data, "message") ?? textIn(data, "details") ?? textIn(error, "message");
  return [{ ...CLOSED, claim: "failed", reason: reasonOfError(error, message ?? ""), message }];
}

function reasonOfError(error: Fields, message: string): Reason {
  if (numberIn(error, "code") === AUTH_REQUIRED) return "auth";
  return /session.*not found|unknown session|no (?:such|previous) session/i.test(message)
    ? "bad_session"
    : reasonOfWords(message);
}

/** Of what is asked of it: a session has an id, the end of a turn says why it stopped. */
function readAnswer(result: Fields): readonly Said[] {
  const stopped = textIn(result, "stopReason");
  if (stopped !== null) return [...readUsage(result, stopped), endOf(stopped)];
  const id = textIn(result, "sessionId");
  if (id === null) return [];
  const model = textIn(inside(result, "models"), "currentModelId");
  return [{ type: "session", id, model, version: null, billing: null }];
}

const CLAIMS: Readonly<Record<string, readonly [End["claim"], Reason | null]>> = {
  end_turn: ["succeeded", null],
  max_tokens: ["failed", "limit"],
  max_turn_requests: ["failed", "limit"],
  refusal: ["failed", "refused"],
  cancelled: ["interrupted", "interrupted"],
};

function endOf(stopped: string): End {
  const [claim, reason] = CLAIMS[stopped] ?? (["failed", "crash"] as const);
  const message = claim === "succeeded" ? null : `the agent stopped: ${stopped}`;
  return { ...CLOSED, claim, reason, message };
}

/** Of this turn alone. A canceled turn's zeros are no figures. */
function readUsage(result: Fields, stopped: string): readonly Said[] {
  const quota = inside(result, "_meta", "quota");
  const used = inside(result, "usage");
  const models = listIn(quota, "model_usage");
  const model = models.length === 1 ? textIn(inside(models[0]), "model") : null;
  const tokens = "usage" in result ? tokensOf(used) : quotaOf(inside(quota, "token_count"));
  if (tokens === null || (stopped === "cancelled" && isBlank(tokens))) return [];
  return [{ type: "usage", model, tokens, scope: "stretch" }];
}

function tokensOf(used: Fields): TokenCounts {
  const [answered, thought] = [countIn(used, "outputTokens"), countIn(used, "thoughtTokens")];
  return {
    input: countIn(used, "inputTokens"),
    cacheRead: countIn(used, "cachedReadTokens"),
    cacheWrite: countIn(used, "cachedWriteTokens"),
    output: answered,
    reasoning: thought,
    cacheWrite1h: null,
  };
}

/** Gemini's own form, in which what came from a cache is not told apart. */
function quotaOf(count: Fields): TokenCounts | null {
  const [input, output] = [countIn(count, "input_tokens"), countIn(count, "output_tokens")];
  if (input === null && output === null) return null;
  return { input, cacheRead: null, cacheWrite: null, output, reasoning: null, cacheWrite1h: null };
}

const UPDATES = {
  agent_message_chunk: (update: Fields) => chunk("text", update),
  agent_thought_chunk: (update: Fields) => chunk("thinking", update),
  user_message_chunk: nothing,
  tool_call: (update: Fields) => [...readToolStart(update), ...readToolEnd(update)],
  tool_call_update: readToolEnd,
  usage_update: readCost,
  available_commands_update: nothing,
  session_info_update: nothing,
  current_mode_update: nothing,
  config_option_update: nothing,
  plan: nothing,
};

function chunk(type: "text" | "thinking", update: Fields): readonly Said[] {
  const text = textIn(inside(update, "content"), "text");
  const form: Form = "piece";
  return text === null ? [] : [{ type, text, form, under: null }];
}

function readToolStart(call: Fields): readonly Said[] {
  const id = textIn(call, "toolCallId");
  if (id === null) return [];
  const name = textIn(call, "name") ?? textIn(call, "kind") ?? "tool";
  const input = call["rawInput"] ?? textIn(call, "title");
  return [{ type: "tool_started", id, name, input, under: null }];
}

function readToolEnd(update: Fields): readonly Said[] {
  const [id, status] = [textIn(update, "toolCallId"), update["status"]];
  if (id === null || (status !== "completed" && status !== "failed")) return [];
  return [{ type: "tool_ended", id, ok: status === "completed", output: outputOf(update) }];
}

function outputOf(update: Fields): string | null {
  const blocks = listIn(update, "content").map((block) => inside(block)["content"]);
  return (
    wordsIn(update["rawOutput"]) ??
    textIn(inside(update, "_meta", "terminal_output_delta"), "data") ??
    wordsIn(blocks)
  );
}

/** Of the whole session. Nothing spent on a context that is not empty is what a cancel leaves. */
function readCost(update: Fields): readonly Said[] {
  const cost = inside(update, "cost");
  const amount = numberIn(cost, "amount");
  if (amount === null || cost["currency"] !== "USD") return [];
  const dollars = amount === 0 && (countIn(update, "used") ?? 0) > 0 ? null : amount;
  return [{ type: "cost", model: null, dollars, scope: "session", estimate: false }];
}

/** What each kind of call would have to be permitted, and the files that it must name for that. */
const REACH: Readonly<Record<string, readonly [Permission, number]>> = {
  think: ["read", 0],
  read: ["read", 1],
  search: ["read", 1],
  edit: ["edit", 1],
  delete: ["edit", 1],
  move: ["edit", 2],
};

/** One that does not say where it goes may go anywhere. */
function reachOf(call: Fields): { readonly needs: Permission; readonly places: readonly string[] } {
  const [needs, least] = ownIn(REACH, textIn(call, "kind") ?? "") ?? ["all" as const, 0];
  const named = [...listIn(call, "locations"), ...listIn(call, "content")];
  const places = [...new Set(named.flatMap((each) => textIn(inside(each), "path") ?? []))];
  return { needs: places.length < least ? "all" : needs, places };
}

/** Some ask first, and say nothing else of a call's beginning. */
function readQuestion(message: Fields): readonly Said[] | null {
  const params = inside(message, "params");
  const call = inside(params, "toolCall");
  const request = textIn(message, "id") ?? numberIn(message, "id");
  if (request === null) return null;
  return [
    ...readToolStart(call),
    {
      type: "asked",
      request,
      toolId: textIn(call, "toolCallId"),
      tool: textIn(call, "name") ?? textIn(call, "kind") ?? "tool",
      title: textIn(call, "title"),
      input: call["rawInput"] ?? null,
      ...reachOf(call),
      options: listIn(params, "options").map((option) => ({
        id: textIn(inside(option), "optionId") ?? "",
        kind: textIn(inside(option), "kind") ?? "",
      })),
    },
  ];
}

const METHODS = {
  "session/update": (message: Fields) => {
    const update = inside(message, "params", "update");
    return byType(UPDATES, update["sessionUpdate"], update);
  },
  "session/request_permission": readQuestion,
  "_auth/status_update": nothing,
};
