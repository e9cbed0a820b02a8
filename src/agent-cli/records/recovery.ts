/** What was left open by a program that is gone: an agent that outlived it is found, a dead one named. */
import { settleEnds } from "./ending.ts";
import type { Launcher } from "./launcher.ts";
import { withLock } from "./lock.ts";
import { changeRecord, recordService } from "./record-service.ts";
import { infoOf, type AgentInfo, type AgentProcess, type AgentRecord } from "./record.ts";

export interface Recovered {
  /** Still at work: this program watches over them from now on. */
  readonly found: readonly AgentInfo[];
  /** Died while nobody watched. */
  readonly interrupted: readonly AgentInfo[];
}

/** @returns besides, the records of those that this program did not watch over until now */
export async function recoverIn(
  project: string,
  launcher: Launcher,
): Promise<Recovered & { readonly adopted: readonly AgentRecord[] }> {
  await settleEnds(project);
  const records = await recordService(() => project).listRecords();
  const seen: AgentRecord[] = [];
  const adopted: AgentRecord[] = [];
  for (const { specId, agentId } of records.filter(({ status }) => status === "running")) {
    let changes: Partial<AgentRecord> | null = null;
    const judge = (record: AgentRecord) => (changes = recovered(record, launcher));
    const record = await withLock(project, () => changeRecord(project, specId, agentId, judge));
    seen.push(record);
    if (changes !== null && record.status === "running") adopted.push(record);
  }
  return {
    found: seen.filter((record) => isWatchedBy(record, launcher.self())).map(infoOf),
    interrupted: seen.filter(({ status }) => status === "interrupted").map(infoOf),
    adopted,
  };
}

/** Whoever launched it hears of its end while it lives; else the agent is this program's, or dead. */
function recovered(record: AgentRecord, { isAlive, self }: Launcher): Partial<AgentRecord> | null {
  const { status, process, launcher } = record;
  if (status !== "running") return null;
  if (launcher !== undefined && isAlive(launcher)) return null;
  const lives = process !== undefined && process !== null && isAlive(process);
  if (lives) return { launcher: self() };
  return { status: "interrupted", exitReason: "it ended while nobody watched" };
}

function isWatchedBy({ status, launcher }: AgentRecord, { pid, startTime }: AgentProcess): boolean {
  return status === "running" && launcher?.pid === pid && launcher.startTime === startTime;
}
