/** An invocation in words: whose it is, what it does, what it cost. */
import type {
  Invocation,
  InvocationItem,
  InvocationRound,
  InvocationTokens,
} from "#contract/shapes/invocations.ts";

import type { ThreeFacts } from "../executions/words.ts";
import { phraseMs } from "../time/phrases.ts";

/** The Agent CLIs that Stint knows, by the names of their makers. */
const CLI_NAMES: Readonly<Record<string, string>> = {
  claude: "Claude Code",
  codex: "Codex",
  gemini: "Gemini CLI",
  opencode: "OpenCode",
  qwen: "Qwen Code",
  acp: "Another, by ACP",
  command: "Command",
};

export function cliName(cli: string): string {
  if (!cli.startsWith("acp:")) return CLI_NAMES[cli] ?? cli;
  return `ACP: ${cli.slice(4).trim()}`;
}

/** Its label, or the first line of what was asked. */
export function titleOf({ label, prompt, cli }: Pick<InvocationItem, "label" | "prompt" | "cli">) {
  const [line = ""] = (label ?? prompt).trim().split("\n");
  return line === "" ? cliName(cli) : line;
}

/** A plain command spends no tokens, so there is nothing unknown about them. */
export const isCommand = ({ cli }: Pick<InvocationItem, "cli">): boolean => cli === "command";

export interface Money {
  readonly text: string;
  /** What there is to know about it. */
  readonly note: string | null;
}

type Spent = Pick<InvocationItem, "cost" | "costUnknown" | "notional">;

type Settled = Pick<InvocationItem, "status" | "startedAt" | "cli">;

/** It ran and is over: what was not told by now is not known. */
export function isSettled({ status, startedAt, cli }: Settled): boolean {
  return status === "completed" && startedAt !== null && cli !== "command";
}

const NOTIONAL = "Notional: a subscription pays, nobody is charged this.";

/** "$0.0123", "$0.0123 notional", "$0.01 + unknown", "unknown"; null where nothing was told yet. */
export function phraseCost(spent: Spent, isOver = false): Money | null {
  const { cost, costUnknown, notional } = spent;
  if (cost !== null) {
    const text = `$${cost}${costUnknown === 0 ? "" : " + unknown"}${notional ? " notional" : ""}`;
    return { text, note: noteOn(spent) };
  }
  if (costUnknown === 0 && !isOver) return null;
  return { text: "unknown", note: "The Agent CLI does not say, and the model has no list price." };
}

function noteOn({ costUnknown, notional }: Spent): string | null {
  const missing = costUnknown === 1 ? "One cost is" : `${costUnknown} costs are`;
  const notes = [
    ...(notional ? [NOTIONAL] : []),
    ...(costUnknown === 0 ? [] : [`${missing} not known and not part of it.`]),
  ];
  return notes.length === 0 ? null : notes.join(" ");
}

export interface Bucket {
  readonly name: string;
  readonly text: string;
}

const count = (tokens: number | null): string =>
  tokens === null ? "unknown" : tokens.toLocaleString("en-US");

export function tokenBuckets(tokens: InvocationTokens): readonly Bucket[] {
  const { input, cacheRead, cacheWrite, output, reasoning } = tokens;
  return [
    { name: "Fresh input", text: count(input) },
    { name: "Cache read", text: count(cacheRead) },
    { name: "Cache write", text: count(cacheWrite) },
    { name: "Output", text: count(output) },
    { name: "of it reasoning", text: count(reasoning) },
  ];
}

/** "12.3k in · 456 out": all that was read, fresh or not, and all that was written. */
export function phraseTokens({ input, cacheRead, cacheWrite, output }: InvocationTokens): string {
  const read = [input, cacheRead, cacheWrite].filter((part) => part !== null);
  const total = read.length === 0 ? null : read.reduce((sum, part) => sum + part, 0);
  return `${short(total)} in · ${short(output)} out`;
}

/** The same of an invocation, whose Agent CLI may not have told them, or not yet. */
export function phraseTokensOf(item: Settled & Pick<InvocationItem, "tokens">): string {
  if (item.tokens !== null) return phraseTokens(item.tokens);
  return isSettled(item) ? "unknown" : "–";
}

function short(tokens: number | null): string {
  if (tokens === null) return "unknown";
  if (tokens < 1000) return String(tokens);
  return tokens < 999_950 ? `${(tokens / 1000).toFixed(1)}k` : `${(tokens / 1e6).toFixed(2)}M`;
}

type Timed = Pick<
  InvocationItem,
  "createdAt" | "startedAt" | "completedAt" | "durationMs" | "activeMs"
>;

export interface Took {
  /** Null: its process has not begun. */
  readonly durationMs: number | null;
  /** Null where it is the whole duration, or not known yet. */
  readonly activeMs: number | null;
}

/** A difference below this is one of clocks. */
const NOTICED_MS = 1000;

/** From its start to its completion, or to now. */
export function took({ startedAt, completedAt, durationMs, activeMs }: Timed, now: number): Took {
  if (startedAt === null) return { durationMs: null, activeMs: null };
  const end = completedAt === null ? now : Date.parse(completedAt);
  const whole = durationMs ?? Math.max(0, end - Date.parse(startedAt));
  const isAlwaysActive = activeMs === null || whole - activeMs < NOTICED_MS;
  return { durationMs: whole, activeMs: isAlwaysActive ? null : activeMs };
}

export function phraseTook({ durationMs, activeMs }: Took): string {
  if (durationMs === null) return "not started";
  const whole = phraseMs(durationMs);
  return activeMs === null ? whole : `${whole}, ${phraseMs(activeMs)} of it active`;
}

type Open = Pick<Invocation, "status" | "process" | "roundList" | "limits">;

/** Beside every open invocation: what it waits for, until when, who must act. */
export function waiting({ status, process, roundList, limits }: Open): ThreeFacts | null {
  if (status === "completed") return null;
  if (status === "idle" || process === null)
    return { waitsFor: "a place to start", until: null, who: WORKS.who };
  const { waitsFor, who } = WAITS[process.state] ?? WORKS;
  const startedAt = roundList.at(-1)?.startedAt ?? null;
  const until =
    startedAt === null || limits.totalMs === undefined
      ? null
      : new Date(Date.parse(startedAt) + limits.totalMs).toISOString();
  return { waitsFor, until, who };
}

/** Of a question its card says all. */
const LONGEST_DOING = 160;

export function phraseDoing({ words }: NonNullable<Open["process"]>): string {
  return words.length > LONGEST_DOING ? `${words.slice(0, LONGEST_DOING)}…` : words;
}

type Waits = Pick<ThreeFacts, "waitsFor" | "who">;

const WORKS: Waits = { waitsFor: "nothing: it is working", who: "nobody: it goes on by itself" };
const WAITS: Readonly<Partial<Record<NonNullable<Open["process"]>["state"], Waits>>> = {
  "waiting for its provider": { waitsFor: "its provider", who: WORKS.who },
  "waiting for an answer": { waitsFor: "a person’s answer", who: "an Admin, or above" },
};

/** One that could not be started has written nothing. */
export function hasBegun({
  startedAt,
  outcome,
}: Pick<InvocationRound, "startedAt" | "outcome">): boolean {
  return startedAt !== null || outcome === null;
}

/** "12 s · $0.0123 · 3 tool calls", as far as it is known. */
export function phraseRound(round: InvocationRound): string {
  const { durationMs, toolErrors, retries, denials, tools, exitCode } = round;
  const calls = Object.values(tools).reduce((sum, times) => sum + times, 0);
  const cost = phraseCost(round);
  const parts = [
    durationMs === null ? "" : phraseMs(durationMs),
    cost === null ? "" : costIn(cost),
    round.tokens === null ? "" : phraseTokens(round.tokens),
    many(calls, "tool call"),
    many(toolErrors, "failed call"),
    many(denials, "denial"),
    many(retries, "retry", "retries"),
    exitCode === null || exitCode === 0 ? "" : `exit code ${exitCode}`,
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

const costIn = ({ text }: Money): string => (text === "unknown" ? "cost unknown" : text);

function many(times: number, one: string, several = `${one}s`): string {
  if (times === 0) return "";
  return times === 1 ? `1 ${one}` : `${times.toLocaleString("en-US")} ${several}`;
}

const UNITS = ["B", "KB", "MB", "GB", "TB"] as const;

/** "0 B", "12.3 MB", "-4.0 KB". */
export function phraseBytes(bytes: number): string {
  const size = Math.abs(bytes);
  const power = size < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(size) / 3));
  const text = power === 0 ? String(size) : (size / 1000 ** power).toFixed(1);
  return `${bytes < 0 ? "−" : ""}${text} ${UNITS[power]}`;
}
