/** opencode, by `opencode run --format json`. Measured with 1.18.33. */
import type { Adapter, AgentTask, Command } from "../adapter.ts";
import type { Said } from "../events.ts";
import { countIn, inside, numberIn, textIn, type Fields } from "../fields.ts";
import { judgeBy, reasonOfStatus, reasonOfWords } from "../judging.ts";
import type { Permission } from "../permission.ts";
import type { TokenCounts } from "../tokens.ts";
import { byType, jsonLine } from "./json-line.ts";
import { option } from "./option.ts";

/** What it may do unasked: nobody is there to answer. */
const ENV: Readonly<Record<Permission, Readonly<Record<string, string>>>> = {
  read: {},
  edit: { OPENCODE_PERMISSION: JSON.stringify({ edit: "allow" }) },
  all: {
    OPENCODE_PERMISSION: JSON.stringify({ edit: "allow", bash: "allow", webfetch: "allow" }),
  },
};

function start(task: AgentTask): Command {
  const { program = "opencode", session, permission } = task;
  const args = [
    "run",
    ...option("--format", "json"),
    ...option("-m", task.model),
    ...(session?.how === "resume" ? option("--session", session.id) : []),
    ...(permission === "read" ? option("--agent", "plan") : []),
    ...(task.more ?? []),
    "--",
    task.prompt,
  ];
  return { program, args, env: ENV[permission], dialogue: null };
}

function readTool(part: Fields): readonly Said[] {
  const [id, name] = [textIn(part, "callID"), textIn(part, "tool")];
  const state = inside(part, "state");
  if (id === null || name === null) return [];
  const exit = numberIn(inside(state, "metadata"), "exit");
  const ok = state["status"] === "completed" && (exit === null || exit === 0);
  const output = textIn(state, "output") ?? textIn(state, "error");
  return [
    { type: "tool_started", id, name, input: state["input"] ?? null, under: null },
    { type: "tool_ended", id, ok, output },
  ];
}

/** All figures are disjoint, and of this step alone. */
function tokensOf(part: Fields): TokenCounts {
  const used = inside(part, "tokens");
  const [answer, reasoning] = [countIn(used, "output"), countIn(used, "reasoning")];
  return {
    input: countIn(used, "input"),
    cacheRead: countIn(inside(used, "cache"), "read"),
    cacheWrite: countIn(inside(used, "cache"), "write"),
    output: answer === null ? null : answer + (reasoning ?? 0),
    reasoning,
    cacheWrite1h: null,
  };
}

function readStepEnd(part: Fields): readonly Said[] {
  const spent: readonly Said[] = [
    {
      type: "cost",
      model: null,
      dollars: numberIn(part, "cost"),
      scope: "stretch",
      estimate: false,
    },
    { type: "usage", model: null, tokens: tokensOf(part), scope: "stretch" },
  ];
  if (part["reason"] === "tool-calls") return spent;
  const stopped = part["reason"] === "stop";
  const end: Said = {
    type: "end",
    claim: stopped ? "succeeded" : "failed",
    reason: stopped ? null : "limit",
    message: stopped
      ? null
      : `the model stopped: ${textIn(part, "reason") ?? "it is not said why"}`,
    text: null,
    turns: null,
    ms: null,
  };
  return [...spent, end];
}

function readError(line: Fields): readonly Said[] {
  const data = inside(line, "error", "data");
  const message = textIn(data, "message") ?? textIn(inside(line, "error"), "name");
  const status = numberIn(data, "statusCode");
  const reason = status === null ? reasonOfWords(message ?? "") : reasonOfStatus(status);
  return [{ type: "end", claim: "failed", reason, message, text: null, turns: null, ms: null }];
}

function words(type: "text" | "thinking", part: Fields): readonly Said[] {
  const text = textIn(part, "text");
  return text === null ? [] : [{ type, text, form: "whole", under: null }];
}

const LINES = {
  // Every line names the session; the first of each step is enough.
  step_start: (line: Fields): readonly Said[] | null => {
    const id = textIn(line, "sessionID");
    return id === null
      ? null
      : [{ type: "session", id, model: null, version: null, billing: null }];
  },
  text: (line: Fields) => words("text", inside(line, "part")),
  reasoning: (line: Fields) => words("thinking", inside(line, "part")),
  tool_use: (line: Fields) => readTool(inside(line, "part")),
  step_finish: (line: Fields) => readStepEnd(inside(line, "part")),
  error: readError,
};

export const opencode: Adapter = {
  name: "opencode",
  namesSessions: false,
  start,
  read: jsonLine((line) => byType(LINES, line["type"], line)),
  judge: judgeBy({
    closes: true,
    needsExit0: true,
    stderr: [[/session not found/i, "bad_session"]],
  }),
};
