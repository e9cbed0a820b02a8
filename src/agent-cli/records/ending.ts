/** The end of an agent's execution: first in its record, then in its spec's metrics. */
import type { Clock } from "#domain/clock.ts";

import type { Counters } from "../counters.ts";
import type { CostSource } from "../events.ts";
import type { TokenCounts } from "../tokens.ts";
import { withLock } from "./lock.ts";
import type { RecordsLog } from "./log.ts";
import { addMetricLine, readMetricLines, type AiLine } from "./metric-lines.ts";
import { changeRecord, recordService } from "./record-service.ts";
import type { AgentExecution, AgentRecord, AgentSpent, AgentStatus } from "./record.ts";

export interface AgentExit {
  /** Null: a signal, or nobody saw it. */
  readonly code: number | null;
  /** When, in epoch milliseconds; now where it is not said. */
  readonly at?: number;
  /** Where more is known than the exit code says. */
  readonly status?: AgentStatus;
  readonly reason?: string;
  /** Where its session's running totals stand, for its next execution. */
  readonly counters?: Counters;
  /** What this execution used, as far as it is known. */
  readonly spent?: {
    readonly tokens: TokenCounts;
    readonly nano: bigint | null;
    readonly costSource?: CostSource | null;
  };
}

export interface Ended {
  readonly project: string;
  readonly record: AgentRecord;
  readonly exit: AgentExit;
  readonly clock: Clock;
  readonly log: RecordsLog;
}

/** @returns the record as it then is */
export async function endAgent({ project, record, exit, clock, log }: Ended): Promise<AgentRecord> {
  const { specId, agentId } = record;
  const at = new Date(exit.at ?? clock.now()).toISOString();
  return await withLock(project, async () => {
    let closed = false;
    const now = await changeRecord(project, specId, agentId, (current) => {
      const last = current.executions?.at(-1);
      if (last === undefined) {
        log.warn(`agent ${agentId} has no execution with a start: its time is not recorded`);
        return { ...ending(exit, at) };
      }
      closed = last.endedAt === undefined;
      return closed ? { ...ending(exit, at), ...closing(current, last, at, exit) } : null;
    });
    const line = aiLine(now, now.executions?.at(-1));
    // A second call finds the line there, unless a crash came between the record and the line.
    if (line !== null && (closed || !(await hasLine(project, line)))) {
      await addMetricLine(project, line);
    }
    return now;
  });
}

function ending({ code, status, reason }: AgentExit, at: string): Partial<AgentRecord> {
  const plain = code === 0 ? "completed" : code === null ? "interrupted" : "failed";
  return {
    status: status ?? plain,
    lastActivityAt: at,
    exitReason: reason ?? (code === 0 ? null : `exit code ${code ?? "not known"}`),
  };
}

function closing(
  { executions = [], spent = [] }: AgentRecord,
  last: AgentExecution,
  at: string,
  exit: AgentExit,
): Partial<AgentRecord> {
  const used = exit.spent === undefined ? [] : [spentOf(last, exit.spent)];
  // A file's time may be some milliseconds behind the clock's.
  const endedAt = Date.parse(at) < Date.parse(last.startedAt) ? last.startedAt : at;
  return {
    executions: [...executions.slice(0, -1), { ...last, endedAt }],
    spent: [...spent, ...used],
    ...(exit.counters !== undefined && { counters: exit.counters }),
  };
}

function spentOf(
  { startedAt }: AgentExecution,
  { tokens, nano, costSource = null }: NonNullable<AgentExit["spent"]>,
): AgentSpent {
  const { input, cacheRead, cacheWrite, output } = tokens;
  return {
    startedAt,
    tokens: { input, cacheRead, cacheWrite, output },
    nano: nano === null ? null : String(nano),
    costSource,
  };
}

function aiLine(
  { specId, phase }: AgentRecord,
  execution: AgentExecution | undefined,
): AiLine | null {
  if (execution?.endedAt === undefined) return null;
  const { startedAt: start, endedAt: end } = execution;
  return { type: "ai", spec: specId, phase, start, end, ms: Date.parse(end) - Date.parse(start) };
}

async function hasLine(project: string, wanted: AiLine): Promise<boolean> {
  const lines = await readMetricLines(project, wanted.spec);
  return lines.some(
    (line) =>
      line.type === "ai" &&
      line.phase === wanted.phase &&
      line.start === wanted.start &&
      line.end === wanted.end,
  );
}

/** Adds the metrics lines that a crash kept from being written after their records. */
export async function settleEnds(project: string): Promise<void> {
  await withLock(project, async () => {
    for (const record of await recordService(() => project).listRecords()) {
      const lines = (record.executions ?? []).map((each) => aiLine(record, each));
      for (const line of lines) {
        if (line !== null && !(await hasLine(project, line))) await addMetricLine(project, line);
      }
    }
  });
}
