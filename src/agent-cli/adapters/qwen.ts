/** Qwen Code: Gemini CLI's options, Claude Code's lines. Measured with 0.24.4. */
import type { Adapter, AgentTask, Command } from "../adapter.ts";
import type { End, Said } from "../events.ts";
import { countIn, inside, textIn, without, type Fields } from "../fields.ts";
import { judgeBy, reasonOfWords } from "../judging.ts";
import type { Permission } from "../permission.ts";
import type { TokenCounts } from "../tokens.ts";
import { endOf, readAssistant, readDenials, readStream, readUser } from "./claude-form.ts";
import { byType, jsonLine, nothing } from "./json-line.ts";
import { option } from "./option.ts";

const MODES: Readonly<Record<Permission, string>> = {
  read: "plan",
  edit: "auto-edit",
  all: "yolo",
};

function start(task: AgentTask): Command {
  const { program = "qwen", session } = task;
  const args = [
    ...option("--output-format", "stream-json"),
    ...option("--approval-mode", MODES[task.permission]),
    ...option("-m", task.model),
    ...(session?.how === "resume" ? option("--resume", session.id) : []),
    ...(task.more ?? []),
    `--prompt=${task.prompt}`,
  ];
  return { program, args, env: {}, dialogue: null };
}

function readSystem(line: Fields): readonly Said[] | null {
  if (line["subtype"] !== "init") return null;
  const id = textIn(line, "session_id");
  if (id === null) return null;
  const [model, version] = [textIn(line, "model"), textIn(line, "qwen_code_version")];
  return [{ type: "session", id, model, version, billing: null }];
}

/** Of the whole session, with requests on the side, told only for all models together. */
function readUsage(line: Fields): readonly Said[] {
  const used = inside(line, "usage");
  const [whole, cacheRead] = [
    countIn(used, "input_tokens"),
    countIn(used, "cache_read_input_tokens"),
  ];
  const tokens: TokenCounts = {
    input: without(whole, cacheRead),
    cacheRead,
    cacheWrite: null,
    output: countIn(used, "output_tokens"),
    reasoning: null,
    cacheWrite1h: null,
  };
  return [{ type: "usage", model: null, tokens, scope: "session" }];
}

function readEnd(line: Fields): End {
  const told = endOf(line);
  if (line["is_error"] === false) {
    return { type: "end", claim: "succeeded", reason: null, message: null, ...told };
  }
  const message = textIn(inside(line, "error"), "message");
  const reason = line["subtype"] === "error_max_turns" ? "limit" : reasonOfWords(message ?? "");
  return { type: "end", claim: "failed", reason, message, ...told, text: null };
}

const LINES = {
  system: readSystem,
  assistant: readAssistant,
  user: readUser,
  stream_event: readStream,
  control_request: nothing,
  control_response: nothing,
  result: (line: Fields): readonly Said[] => [
    ...readUsage(line),
    ...readDenials(line),
    readEnd(line),
  ],
};

export const qwen: Adapter = {
  name: "qwen",
  namesSessions: false,
  start,
  read: jsonLine((line) => byType(LINES, line["type"], line)),
  judge: judgeBy({
    closes: true,
    exits: { 0: "interrupted", 41: "auth", 42: "bad_usage", 53: "limit" },
    stderr: [[/no saved session|session .*not found|invalid session/i, "bad_session"]],
  }),
};
