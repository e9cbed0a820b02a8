/** Claude Code, by `--output-format stream-json`. Measured with 2.1.329. */
import type { Adapter, AgentTask, Command } from "../adapter.ts";
import type { Billing, End, Reason, Said } from "../events.ts";
import { countIn, inside, listIn, numberIn, textIn, type Fields } from "../fields.ts";
import { judgeBy, reasonOfStatus } from "../judging.ts";
import type { Permission } from "../permission.ts";
import type { TokenCounts } from "../tokens.ts";
import { claudeDialogue, readQuestion } from "./claude-dialogue.ts";
import { endOf, readAssistant, readDenials, readStream, readUser } from "./claude-form.ts";
import { byType, jsonLine, nothing } from "./json-line.ts";
import { option } from "./option.ts";

const MODES: Readonly<Record<Permission, string>> = {
  read: "plan",
  edit: "acceptEdits",
  all: "bypassPermissions",
};

/** One that asks and may only read by itself asks for each tool; in its plan mode it would ask about plans. */
const modeOf = ({ permission, asks }: AgentTask): string =>
  asks === true && permission === "read" ? "manual" : MODES[permission];

function start(task: AgentTask): Command {
  const { program = "claude", session, asks = false } = task;
  const speaks = ["--input-format", "stream-json", "--permission-prompt-tool", "stdio"];
  const args = [
    "-p",
    ...option("--output-format", "stream-json"),
    "--verbose",
    ...option("--model", task.model),
    ...option(session?.how === "resume" ? "--resume" : "--session-id", session?.id),
    ...option("--permission-mode", modeOf(task)),
    ...option("--max-turns", task.maxTurns),
    ...option("--max-budget-usd", task.maxDollars),
    ...(asks ? speaks : []),
    ...(task.more ?? []),
    ...(asks ? [] : ["--", task.prompt]),
  ];
  return { program, args, env: {}, dialogue: asks ? claudeDialogue(task.prompt) : null };
}

const SYSTEM = {
  init: (line: Fields): readonly Said[] => {
    const id = textIn(line, "session_id");
    if (id === null) return [];
    const [model, version] = [textIn(line, "model"), textIn(line, "claude_code_version")];
    return [{ type: "session", id, model, version, billing: billingOf(line) }];
  },
  api_retry: (line: Fields): readonly Said[] => [
    {
      type: "retry",
      attempt: numberIn(line, "attempt"),
      of: numberIn(line, "max_retries"),
      delayMs: numberIn(line, "retry_delay_ms"),
      status: numberIn(line, "error_status"),
      message: textIn(line, "error") ?? "the API failed",
    },
  ],
  permission_denied: (line: Fields): readonly Said[] => [
    {
      type: "denied",
      toolId: textIn(line, "tool_use_id"),
      tool: textIn(line, "tool_name"),
      message: textIn(line, "message"),
      by: "rules",
    },
  ],
  status: nothing,
};

/** A key is charged by use; a login is not. */
function billingOf(line: Fields): Billing | null {
  const source = textIn(line, "apiKeySource");
  if (source === null) return null;
  return source === "none" || source === "oauth" ? "subscription" : "metered";
}

/** Per model, for this result where that is told, else for the whole session. */
function readSpending(line: Fields): readonly Said[] {
  if ("model_usage_since_last_result" in line) {
    return readModels(line, inside(line, "model_usage_since_last_result"), "stretch");
  }
  const models = inside(line, "modelUsage");
  if (Object.keys(models).length > 0) return readModels(line, models, "session");
  return wholeOf(line);
}

function readModels(line: Fields, models: Fields, scope: "stretch" | "session"): readonly Said[] {
  const names = Object.keys(models);
  if (names.length === 0) return wholeOf(line);
  return names.flatMap((model): readonly Said[] => {
    const used = inside(models, model);
    const estimate = used["costBasis"] === "unknown";
    return [
      { type: "cost", model, dollars: numberIn(used, "costUSD"), scope, estimate },
      { type: "usage", model, tokens: tokensOfModel(used), scope },
    ];
  });
}

function tokensOfModel(used: Fields): TokenCounts {
  return {
    input: countIn(used, "inputTokens"),
    cacheRead: countIn(used, "cacheReadInputTokens"),
    cacheWrite: countIn(used, "cacheCreationInputTokens"),
    output: countIn(used, "outputTokens"),
    reasoning: countIn(used, "thinkingTokens"),
    cacheWrite1h: countIn(used, "cacheCreationEphemeral1hInputTokens"),
  };
}

/** No model was asked, as it seems; an interrupted answer's zeros are no figures. */
function wholeOf(line: Fields): readonly Said[] {
  const used = inside(line, "usage");
  if (isAborted(line) || Object.keys(used).length === 0) return [];
  const tokens: TokenCounts = {
    input: countIn(used, "input_tokens"),
    cacheRead: countIn(used, "cache_read_input_tokens"),
    cacheWrite: countIn(used, "cache_creation_input_tokens"),
    output: countIn(used, "output_tokens"),
    reasoning: countIn(inside(used, "output_tokens_details"), "thinking_tokens"),
    cacheWrite1h: countIn(inside(used, "cache_creation"), "ephemeral_1h_input_tokens"),
  };
  const dollars = numberIn(line, "total_cost_usd");
  return [
    { type: "cost", model: null, dollars, scope: "session", estimate: false },
    { type: "usage", model: null, tokens, scope: "stretch" },
  ];
}

function isAborted(line: Fields): boolean {
  return textIn(line, "terminal_reason")?.startsWith("aborted") === true;
}

const REASONS: Readonly<Record<string, Reason>> = {
  max_turns: "limit",
  error_max_turns: "limit",
  budget_exhausted: "budget",
  error_max_budget_usd: "budget",
};

function readResult(line: Fields): readonly Said[] {
  return [...readSpending(line), ...readDenials(line), readEnd(line)];
}

function readEnd(line: Fields): End {
  const told = endOf(line);
  if (line["is_error"] === false) {
    return { type: "end", claim: "succeeded", reason: null, message: null, ...told };
  }
  // What it says of an interrupt is a diagnostic of its own makers.
  if (isAborted(line)) return { ...INTERRUPTED, ...told, text: null };
  const [error] = listIn(line, "errors");
  const own = typeof error === "string" ? error : null;
  const message = own ?? told.text;
  const reason = /no conversation found/i.test(own ?? "") ? "bad_session" : reasonOf(line, message);
  return { type: "end", claim: "failed", reason, message, ...told, text: null };
}

const INTERRUPTED = {
  type: "end",
  claim: "interrupted",
  reason: "interrupted",
  message: null,
} as const;

const NOT_LOGGED_IN = /not logged in|invalid api key|please run \/login/i;

function reasonOf(line: Fields, message: string | null): Reason {
  const terminal = textIn(line, "terminal_reason") ?? "";
  if (terminal === "api_error") return reasonOfApi(numberIn(line, "api_error_status"), message);
  return REASONS[terminal] ?? REASONS[textIn(line, "subtype") ?? ""] ?? "crash";
}

/** Without a login no API is asked, so there is no status. */
function reasonOfApi(status: number | null, message: string | null): Reason {
  return status === null && NOT_LOGGED_IN.test(message ?? "") ? "auth" : reasonOfStatus(status);
}

const LINES = {
  system: (line: Fields) => byType(SYSTEM, line["subtype"], line),
  assistant: readAssistant,
  user: readUser,
  stream_event: readStream,
  control_request: readQuestion,
  control_response: nothing,
  control_cancel_request: nothing,
  keep_alive: nothing,
  result: readResult,
};

export const claude: Adapter = {
  name: "claude",
  namesSessions: true,
  start,
  read: jsonLine((line) => byType(LINES, line["type"], line)),
  judge: judgeBy({
    closes: true,
    stderr: [
      [/no conversation found/i, "bad_session"],
      [/unknown option|invalid (?:option|argument)/i, "bad_usage"],
      [NOT_LOGGED_IN, "auth"],
    ],
  }),
};
