/** Gemini CLI, by `--output-format stream-json`. Measured with 0.61.0. */
import type { Adapter, AgentTask, Command } from "../adapter.ts";
import type { Reason, Said } from "../events.ts";
import { countIn, inside, numberIn, textIn, wordsIn, type Fields } from "../fields.ts";
import { judgeBy, reasonOfWords } from "../judging.ts";
import type { Permission } from "../permission.ts";
import type { TokenCounts } from "../tokens.ts";
import { byType, jsonLine, nothing } from "./json-line.ts";
import { option } from "./option.ts";

const MODES: Readonly<Record<Permission, string>> = {
  read: "plan",
  edit: "auto_edit",
  all: "yolo",
};

function start(task: AgentTask): Command {
  const { program = "gemini", session } = task;
  const args = [
    ...option("--output-format", "stream-json"),
    ...option("--approval-mode", MODES[task.permission]),
    ...option("-m", task.model),
    ...option(session?.how === "resume" ? "--resume" : "--session-id", session?.id),
    ...(task.more ?? []),
    `--prompt=${task.prompt}`,
  ];
  // In a folder that it does not trust it drops the approval mode without a word.
  return { program, args, env: { GEMINI_CLI_TRUST_WORKSPACE: "true" }, dialogue: null };
}

function readInit(line: Fields): readonly Said[] | null {
  const id = textIn(line, "session_id");
  if (id === null) return null;
  return [{ type: "session", id, model: textIn(line, "model"), version: null, billing: null }];
}

function readMessage(line: Fields): readonly Said[] {
  const text = textIn(line, "content");
  if (line["role"] !== "assistant" || text === null) return [];
  const form = line["delta"] === true ? "piece" : "whole";
  return [{ type: "text", text, form, under: null }];
}

function readToolUse(line: Fields): readonly Said[] | null {
  const [id, name] = [textIn(line, "tool_id"), textIn(line, "tool_name")];
  if (id === null || name === null) return null;
  return [{ type: "tool_started", id, name, input: line["parameters"] ?? null, under: null }];
}

function readToolResult(line: Fields): readonly Said[] | null {
  const id = textIn(line, "tool_id");
  if (id === null) return null;
  const output = wordsIn(line["output"]) ?? textIn(inside(line, "error"), "message");
  return [{ type: "tool_ended", id, ok: line["status"] === "success", output }];
}

/** What was thought is in no figure but the total. */
function tokensOf(used: Fields): TokenCounts {
  const [total, whole] = [countIn(used, "total_tokens"), countIn(used, "input_tokens")];
  const answered = countIn(used, "output_tokens");
  const output = total === null || whole === null ? answered : total - whole;
  return {
    input: countIn(used, "input"),
    cacheRead: countIn(used, "cached"),
    cacheWrite: null,
    output,
    reasoning: output === null || answered === null ? null : output - answered,
    cacheWrite1h: null,
  };
}

function readUsage(stats: Fields): readonly Said[] {
  const models = inside(stats, "models");
  const names = Object.keys(models);
  const each =
    names.length === 0
      ? [[null, stats] as const]
      : names.map((name) => [name, inside(models, name)] as const);
  return each.map(([model, used]) => ({
    type: "usage",
    model,
    tokens: tokensOf(used),
    scope: "stretch",
  }));
}

function readResult(line: Fields): readonly Said[] {
  const stats = inside(line, "stats");
  const done = line["status"] === "success";
  const message = done ? null : textIn(inside(line, "error"), "message");
  const reason: Reason | null = done ? null : reasonOfWords(message ?? "");
  return [
    ...(Object.keys(stats).length === 0 ? [] : readUsage(stats)),
    {
      type: "end",
      claim: done ? "succeeded" : "failed",
      reason,
      message,
      text: null,
      turns: null,
      ms: numberIn(stats, "duration_ms"),
    },
  ];
}

const LINES = {
  init: readInit,
  message: readMessage,
  tool_use: readToolUse,
  tool_result: readToolResult,
  error: (line: Fields): readonly Said[] => [
    { type: "warning", message: textIn(line, "message") ?? "an error" },
  ],
  result: readResult,
  thought: nothing,
};

export const gemini: Adapter = {
  name: "gemini",
  namesSessions: true,
  start,
  read: jsonLine((line) => byType(LINES, line["type"], line)),
  judge: judgeBy({
    closes: true,
    // 41 to 53 are its own; an HTTP status that ended it comes as its remainder by 256.
    exits: {
      // Without a closing event: a signal reached it.
      0: "interrupted",
      41: "auth",
      42: "bad_usage",
      53: "limit",
      [401 % 256]: "auth",
      [403 % 256]: "auth",
      [429 % 256]: "rate_limit",
      [500 % 256]: "api_error",
      [503 % 256]: "api_error",
    },
    stderr: [[/invalid session identifier|error resuming session/i, "bad_session"]],
  }),
};
