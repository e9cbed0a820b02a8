/** What a project folder has recorded of its agents (`.stint/agents`), as it can be taken into the history. */
import { watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import type { Verdict } from "../adapter.ts";
import { adapterOfProgram } from "../adapters.ts";
import { agentsFolder, homeOf } from "../records/folder.ts";
import { recordService } from "../records/record-service.ts";
import type { AgentExecution, AgentRecord, AgentSpent } from "../records/record.ts";
import { NO_ROUND } from "../round.ts";
import { NOT_SAID } from "../tokens.ts";
import type { PastRound, PastSession } from "./past.ts";
import { lastLines } from "./session-output.ts";

/** Of each agent the executions that are over; none of one that has not ended yet. */
export async function readRecordSessions(project: string): Promise<readonly PastSession[]> {
  const folder = resolve(project);
  const records = await recordService(() => folder).listRecords();
  const sessions = await Promise.all(records.map((record) => sessionOf(folder, record)));
  return sessions
    .filter(({ rounds }) => rounds.length > 0)
    .toSorted((one, other) => beginOf(one) - beginOf(other));
}

const beginOf = ({ rounds }: PastSession): number => rounds[0]?.startedAt ?? 0;

async function sessionOf(folder: string, record: AgentRecord): Promise<PastSession> {
  const { agentId, specId, phase, command = "agent", args = [], sessionId } = record;
  const cli = adapterOfProgram(command)?.name ?? "command";
  const rounds: PastRound[] = [];
  for (const [index, execution] of (record.executions ?? []).entries()) {
    const round = await roundOf(folder, record, execution, index);
    if (round === null) break; // what comes after it has an end, or is none
    rounds.push(round);
  }
  return {
    id: `${folder}#${agentId}`,
    cli,
    folder,
    label: `${specId}: ${phase}`,
    ...(cli === "command" && { command: [command, ...args] }),
    ...(typeof sessionId === "string" && { session: sessionId }),
    rounds,
  };
}

/** Null: it goes on. */
async function roundOf(
  folder: string,
  record: AgentRecord,
  execution: AgentExecution,
  index: number,
): Promise<PastRound | null> {
  const next = record.executions?.[index + 1];
  if (execution.endedAt === undefined && next === undefined && record.status === "running")
    return null;
  const startedAt = Date.parse(execution.startedAt);
  const spent = record.spent?.find((one) => one.startedAt === execution.startedAt);
  return {
    prompt: execution.prompt,
    startedAt,
    completedAt: Math.max(startedAt, endOf(record, execution, next)),
    verdict: verdictOf(record, execution, next),
    output: await outputOf(folder, record.agentId, index + 1),
    ...spentIn(record, spent),
  };
}

/** Of one that ended abnormally: when it last did something, as far as that is known. */
function endOf(
  { lastActivityAt }: AgentRecord,
  { startedAt, endedAt }: AgentExecution,
  next: AgentExecution | undefined,
): number {
  if (endedAt !== undefined) return Date.parse(endedAt);
  return Date.parse(next === undefined ? (lastActivityAt ?? startedAt) : startedAt);
}

/** The record tells how the last one ended; of those before it, only whether they came to an end. */
function verdictOf(
  { status, exitReason }: AgentRecord,
  { endedAt }: AgentExecution,
  next: AgentExecution | undefined,
): Verdict {
  if (endedAt === undefined) return INTERRUPTED;
  if (next !== undefined || status === "completed" || status === "running") return SUCCEEDED;
  const message = exitReason ?? null;
  return status === "interrupted"
    ? { ...INTERRUPTED, message }
    : { outcome: "failed", reason: "crash", message };
}

const SUCCEEDED: Verdict = { outcome: "succeeded", reason: null, message: null };
const INTERRUPTED: Verdict = {
  outcome: "interrupted",
  reason: "interrupted",
  message: "It died while nobody watched.",
};

function spentIn(
  { sessionId: session = null }: AgentRecord,
  spent: AgentSpent | undefined,
): Pick<PastRound, "round" | "costSource"> {
  if (spent === undefined)
    return { round: { ...NO_ROUND, session, unknownCosts: 1 }, costSource: null };
  const { input, cacheRead, cacheWrite, output } = spent.tokens;
  const tokens = { ...NOT_SAID, input, cacheRead, cacheWrite, output };
  const round = { ...NO_ROUND, session, tokens };
  if (spent.nano === null) return { round: { ...round, unknownCosts: 1 }, costSource: "unknown" };
  return { round: { ...round, nano: BigInt(spent.nano) }, costSource: "reported" };
}

/** What it wrote, where it was launched under supervision. */
async function outputOf(folder: string, agentId: string, execution: number): Promise<string> {
  try {
    const file = join(homeOf(folder), "runs", agentId, String(execution), "output");
    return lastLines((await readFile(file, "utf8")).split("\n").slice(0, -1));
  } catch {
    return ""; // it was not, or it is not kept any more
  }
}

const LOOK_EACH_MS = 5000;
/** So that what changes together is read together. */
const SETTLE_MS = 200;

/** All sessions, and all of them again whenever a record may have changed, until the signal. */
export async function* followRecords(
  project: string,
  signal: AbortSignal,
): AsyncGenerator<readonly PastSession[], void> {
  for (;;) {
    const changed = nextChange(agentsFolder(project), signal);
    yield await readRecordSessions(project);
    await changed;
    if (signal.aborted) return;
  }
}

/** Settles a moment after a file has changed; after a while also without, since a watcher may miss one. */
function nextChange(folder: string, signal: AbortSignal): Promise<void> {
  const change = Promise.withResolvers<void>();
  const settle = (): void => {
    change.resolve();
  };
  const late = setTimeout(settle, LOOK_EACH_MS);
  const soon = (): void => void setTimeout(settle, SETTLE_MS);
  signal.addEventListener("abort", settle, { once: true });
  let close = (): void => undefined;
  try {
    const watcher = watch(folder, { recursive: true }, soon);
    watcher.on("error", () => undefined); // it is looked at by time then
    close = () => watcher.close();
  } catch {
    // As above.
  }
  return change.promise.finally(() => {
    clearTimeout(late);
    signal.removeEventListener("abort", settle);
    close();
  });
}
