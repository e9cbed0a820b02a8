/** What a project folder has recorded of its agents (`.stint/agents`), as it can be taken into the history. */
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";

import type { Verdict } from "../adapter.ts";
import { adapterOfProgram } from "../adapters.ts";
import { readIfThere } from "../records/files.ts";
import { homeOf } from "../records/folder.ts";
import { recordFiles } from "../records/record-service.ts";
import {
  readAgentRecord,
  type AgentExecution,
  type AgentRecord,
  type AgentSpent,
} from "../records/record.ts";
import { NO_ROUND } from "../round.ts";
import { NOT_SAID } from "../tokens.ts";
import type { PastRound, PastSession } from "./past.ts";
import { lastLinesIn } from "./session-output.ts";

export interface RecordSessions {
  /**
   * Those of which an execution is over that was not when it was asked last, the earliest first; none of
   * one that has not ended yet. A record that has not changed is not read again.
   */
  readonly news: () => AsyncGenerator<PastSession, void>;
}

export function openRecordSessions(project: string): RecordSessions {
  const folder = resolve(project);
  const seen = new Map<string, Seen>();

  async function look(path: string): Promise<Found | null> {
    const before = seen.get(path) ?? NOT_SEEN;
    const stamp = await stampOf(path);
    if (stamp === before.stamp) return null;
    const record = readAgentRecord((await readIfThere(path)) ?? "");
    const over = record === null ? [] : overIn(record);
    seen.set(path, { stamp, over: Math.max(before.over, over.length) });
    return record !== null && over.length > before.over ? { record, over } : null;
  }

  return {
    news: async function* () {
      const looked = await Promise.all((await recordFiles(folder)).map(look));
      const found = looked.filter((one) => one !== null);
      for (const { record, over } of found.toSorted((one, other) => beginOf(one) - beginOf(other)))
        yield await sessionOf(folder, record, over);
    },
  };
}

interface Seen {
  /** Changes with the file. */
  readonly stamp: string | null;
  /** So many executions were over. */
  readonly over: number;
}
const NOT_SEEN: Seen = { stamp: null, over: 0 };

interface Found {
  readonly record: AgentRecord;
  readonly over: readonly AgentExecution[];
}

const beginOf = ({ over }: Found): number => Date.parse(over[0]?.startedAt ?? "");

/** A record is replaced by another file. */
async function stampOf(path: string): Promise<string> {
  const { ino, mtimeMs, size } = await stat(path).catch(() => NO_FILE);
  return `${ino} ${mtimeMs} ${size}`;
}
const NO_FILE = { ino: 0, mtimeMs: 0, size: 0 };

/** What comes after one that goes on has an end, or is none. */
function overIn({ executions = [], status }: AgentRecord): readonly AgentExecution[] {
  const open = executions.findIndex(
    ({ endedAt }, index) =>
      endedAt === undefined && index === executions.length - 1 && status === "running",
  );
  return open < 0 ? executions : executions.slice(0, open);
}

async function sessionOf(
  folder: string,
  record: AgentRecord,
  over: readonly AgentExecution[],
): Promise<PastSession> {
  const { agentId, specId, phase, command = "agent", args = [], sessionId } = record;
  const cli = adapterOfProgram(command)?.name ?? "command";
  return {
    id: `${folder}#${agentId}`,
    cli,
    folder,
    label: `${specId}: ${phase}`,
    ...(cli === "command" && { command: [command, ...args] }),
    ...(typeof sessionId === "string" && { session: sessionId }),
    rounds: await Promise.all(over.map((one, index) => roundOf(folder, record, one, index))),
  };
}

async function roundOf(
  folder: string,
  record: AgentRecord,
  execution: AgentExecution,
  index: number,
): Promise<PastRound> {
  const next = record.executions?.[index + 1];
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
  const { costSource = null } = spent; // older records do not tell
  if (spent.nano === null) return { round: { ...round, unknownCosts: 1 }, costSource: "unknown" };
  return { round: { ...round, nano: BigInt(spent.nano) }, costSource };
}

/** What it wrote, where it was launched under supervision. */
async function outputOf(folder: string, agentId: string, execution: number): Promise<string> {
  try {
    return await lastLinesIn(join(homeOf(folder), "runs", agentId, String(execution), "output"));
  } catch {
    return ""; // it was not, or it is not kept any more
  }
}
