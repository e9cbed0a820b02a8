/** OpenAI Codex, by `codex exec --json`. Measured with 0.169.0. */
import type { Adapter, AgentTask, Command } from "../adapter.ts";
import type { Said } from "../events.ts";
import { countIn, inside, numberIn, textIn, without, type Fields } from "../fields.ts";
import { judgeBy, reasonOfWords } from "../judging.ts";
import type { Permission } from "../permission.ts";
import type { TokenCounts } from "../tokens.ts";
import { byType, jsonLine, nothing } from "./json-line.ts";
import { option } from "./option.ts";

const SANDBOXES: Readonly<Record<Permission, string>> = {
  read: "read-only",
  edit: "workspace-write",
  all: "danger-full-access",
};

function start(task: AgentTask): Command {
  const { program = "codex", session } = task;
  const resumes = session?.how === "resume";
  const args = [
    ...(resumes ? ["exec", "resume", "--json"] : ["exec", "--json"]),
    ...option("-m", task.model),
    // As a setting: resuming does not take all options that starting takes.
    ...option("-c", `sandbox_mode=${SANDBOXES[task.permission]}`),
    "--skip-git-repo-check",
    ...(task.more ?? []),
    "--",
    ...(resumes ? [session.id] : []),
    task.prompt,
  ];
  return { program, args, env: {}, dialogue: null };
}

/** Both figures of tokens include what stands beside them, and all go on over the whole thread. */
function readUsage(line: Fields): Said {
  const used = inside(line, "usage");
  const cacheRead = countIn(used, "cached_input_tokens");
  const cacheWrite = countIn(used, "cache_write_input_tokens");
  const tokens: TokenCounts = {
    input: without(without(countIn(used, "input_tokens"), cacheRead), cacheWrite),
    cacheRead,
    cacheWrite,
    output: countIn(used, "output_tokens"),
    reasoning: countIn(used, "reasoning_output_tokens"),
    cacheWrite1h: null,
  };
  return { type: "usage", model: null, tokens, scope: "session" };
}

function readError(line: Fields): readonly Said[] {
  const message = textIn(line, "message") ?? "an error";
  const found = /^Reconnecting\.\.\. (\d+)\/(\d+)/.exec(message);
  if (found === null) return [{ type: "warning", message }];
  const status = /status:? (\d{3})/.exec(message)?.[1];
  return [
    {
      type: "retry",
      attempt: Number(found[1]),
      of: Number(found[2]),
      delayMs: null,
      status: status === undefined ? null : Number(status),
      message,
    },
  ];
}

const CLOSED = { type: "end", text: null, turns: null, ms: null } as const;

function readFailure(line: Fields): readonly Said[] {
  const message = textIn(inside(line, "error"), "message");
  return [{ ...CLOSED, claim: "failed", reason: reasonOfWords(message ?? ""), message }];
}

/** Items that are the work of a tool, and which of their fields names what was done. */
const TOOLS: Readonly<Record<string, (item: Fields) => string>> = {
  command_execution: () => "shell",
  file_change: () => "file_change",
  web_search: () => "web_search",
  mcp_tool_call: (item) => [item["server"], item["tool"]].filter(Boolean).join("."),
};

function readStarted(line: Fields): readonly Said[] {
  const item = inside(line, "item");
  const id = textIn(item, "id");
  const nameOf = TOOLS[textIn(item, "type") ?? ""];
  if (nameOf === undefined || id === null) return [];
  return [{ type: "tool_started", id, name: nameOf(item), input: inputOf(item), under: null }];
}

const RESULTS: ReadonlySet<string> = new Set([
  "id",
  "type",
  "status",
  "aggregated_output",
  "exit_code",
  "result",
]);

function inputOf(item: Fields): Fields {
  return Object.fromEntries(Object.entries(item).filter(([key]) => !RESULTS.has(key)));
}

const ITEMS = {
  agent_message: (item: Fields): readonly Said[] => words("text", item),
  reasoning: (item: Fields): readonly Said[] => words("thinking", item),
  // In a turn that may well succeed.
  error: (item: Fields): readonly Said[] => [
    { type: "warning", message: textIn(item, "message") ?? "an error" },
  ],
  todo_list: nothing,
};

function words(type: "text" | "thinking", item: Fields): readonly Said[] {
  const text = textIn(item, "text");
  return text === null ? [] : [{ type, text, form: "whole", under: null }];
}

function readCompleted(line: Fields): readonly Said[] | null {
  const item = inside(line, "item");
  const [id, type] = [textIn(item, "id"), textIn(item, "type") ?? ""];
  if (!Object.hasOwn(TOOLS, type) || id === null) return byType(ITEMS, type, item);
  const output = textIn(item, "aggregated_output");
  const ended: Said = { type: "tool_ended", id, ok: isOk(item), output };
  // Declined is how Codex says that its sandbox, or a rule, forbade it.
  if (item["status"] !== "declined") return [ended];
  return [ended, { type: "denied", toolId: id, tool: type, message: output, by: "rules" }];
}

function isOk(item: Fields): boolean | null {
  const code = numberIn(item, "exit_code");
  if (code !== null) return code === 0;
  const status = textIn(item, "status");
  return status === null ? null : status === "completed";
}

const LINES = {
  "thread.started": (line: Fields): readonly Said[] | null => {
    const id = textIn(line, "thread_id");
    return id === null
      ? null
      : [{ type: "session", id, model: null, version: null, billing: null }];
  },
  "turn.started": nothing,
  "turn.completed": (line: Fields): readonly Said[] => [
    readUsage(line),
    { ...CLOSED, claim: "succeeded", reason: null, message: null },
  ],
  "turn.failed": readFailure,
  "item.started": readStarted,
  "item.updated": nothing,
  "item.completed": readCompleted,
  error: readError,
};

export const codex: Adapter = {
  name: "codex",
  namesSessions: false,
  start,
  read: jsonLine((line) => byType(LINES, line["type"], line)),
  judge: judgeBy({
    closes: true,
    // It fails with a closing event, a line of error or 101, and is interrupted with 1 alone.
    exits: { 1: "interrupted", 2: "bad_usage" },
    stderr: [
      [/no rollout found|thread\/resume failed/i, "bad_session"],
      [/not logged in|401 unauthorized/i, "auth"],
      [/^error/im, "crash"],
    ],
  }),
};
