/**
 * How a round ended. The last thing that the Agent CLI said of it counts first and the exit code
 * second: exit 0 may follow a signal, and "success" may stand beside an error. Without a closing
 * event nothing has succeeded.
 */
import type { Ending, Verdict } from "./adapter.ts";
import type { End, Reason } from "./events.ts";

export interface Ways {
  /** False: it says nothing at its end, so the exit code is all there is. */
  readonly closes: boolean;
  /** Its closing event says that the answer is complete, and not that nothing went wrong after it. */
  readonly needsExit0?: boolean;
  readonly exits?: Readonly<Record<number, Reason>>;
  readonly stderr?: readonly (readonly [RegExp, Reason])[];
}

export function judgeBy(ways: Ways): (ending: Ending) => Verdict {
  return (ending) => {
    const { end } = ending.round;
    if (end?.claim === "succeeded" && !failedAfter(ways, ending)) return checkDenials(ending);
    if (end === null && !ways.closes && isDone(ending)) return succeeded();
    const why = whyNot(ways, ending);
    if (ending.cancelRequested) return { ...why, outcome: "canceled", reason: null };
    return why;
  };
}

function succeeded(): Verdict {
  return { outcome: "succeeded", reason: null, message: null };
}

/** One that says nothing at its end may tidy up and exit 0 because it was told to end. */
function isDone({ exit, cancelRequested }: Ending): boolean {
  return exit?.code === 0 && !cancelRequested;
}

function failedAfter({ needsExit0 = false }: Ways, { exit }: Ending): boolean {
  return needsExit0 && exit !== null && exit.code !== 0;
}

/** An agent that was denied what it wanted, and ran nothing after that, only says that it is done. */
function checkDenials({ round }: Ending): Verdict {
  if (round.stuckAt === null) return succeeded();
  return { outcome: "failed", reason: "denied", message: round.stuckAt };
}

function whyNot(ways: Ways, ending: Ending): Verdict {
  const { end } = ending.round;
  if (end?.claim === "interrupted") return said(end, "interrupted", "interrupted");
  if (end?.claim === "failed") return said(end, "failed", finer(ways, ending, end.reason));
  const reason = reasonOfExit(ways, ending);
  if (reason === "interrupted") return { outcome: "interrupted", reason, message: null };
  return { outcome: "failed", reason, message: tellingLine(ending.stderr) };
}

function reasonOfExit(ways: Ways, ending: Ending): Reason {
  if (ending.exit === null || wasKilled(ending.exit)) return "interrupted";
  return byStderr(ways, ending) ?? byExit(ways, ending) ?? plainReason(ending.exit.code);
}

function said(end: End, outcome: Verdict["outcome"], reason: Reason | null): Verdict {
  return { outcome, reason, message: end.message };
}

/** An exit code may tell apart what the event calls an error of the API. */
function finer(ways: Ways, ending: Ending, reason: Reason | null): Reason | null {
  if (reason !== null && reason !== "api_error") return reason;
  const byCode = byExit(ways, ending);
  return byCode === undefined || byCode === "interrupted" ? reason : byCode;
}

function byExit({ exits = {} }: Ways, { exit }: Ending): Reason | undefined {
  return exit?.code === null || exit === null ? undefined : exits[exit.code];
}

function byStderr({ stderr: patterns = [] }: Ways, { stderr }: Ending): Reason | undefined {
  return patterns.find(([pattern]) => pattern.test(stderr))?.[1];
}

/** 128 and a signal's number is how a shell, and Claude Code, say that a signal ended it. */
const BY_SIGNAL: ReadonlySet<number> = new Set([129, 130, 131, 137, 143]);

function wasKilled({
  code,
  signal,
}: {
  readonly code: number | null;
  readonly signal: string | null;
}) {
  return signal !== null || (code !== null && BY_SIGNAL.has(code));
}

function plainReason(code: number | null): Reason {
  return code === 0 ? "no_closing_event" : "crash";
}

const COLOURS = new RegExp(String.raw`\u001B\[[\d;]*m`, "g");

/** Most of what they write there is noise. */
function tellingLine(stderr: string): string | null {
  const lines = stderr.replaceAll(COLOURS, "").trim().split("\n");
  return lines.find((line) => /error/i.test(line)) || lines.at(-1) || null;
}

export function reasonOfStatus(status: number | null): Reason {
  if (status === 401 || status === 403) return "auth";
  return status === 429 ? "rate_limit" : "api_error";
}

/** For those that tell the status in words alone. */
export function reasonOfWords(message: string): Reason {
  const status = /\b(?:HTTP|status:?|Error:?)\D{0,12}(401|403|429)\b/i.exec(message)?.[1];
  if (status !== undefined) return reasonOfStatus(Number(status));
  if (/rate limit|too many requests|quota/i.test(message)) return "rate_limit";
  if (/unauthori[sz]ed|invalid api key|not logged in|authenticat/i.test(message)) return "auth";
  return "api_error";
}
