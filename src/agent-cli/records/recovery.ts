/**
 * What was left open by a program that is gone. An agent that outlived it is watched over; the end of
 * one that ended by itself is put on record as it was; only one of which nobody can tell is interrupted.
 */
import type { Clock } from "#domain/clock.ts";

import { endAgent, settleEnds, type AgentExit } from "./ending.ts";
import { placeOf, type Adopted, type Launcher } from "./launcher.ts";
import { withLock } from "./lock.ts";
import type { RecordsLog } from "./log.ts";
import { changeRecord, recordService, type RecordUpdate } from "./record-service.ts";
import { infoOf, type AgentInfo, type AgentProcess, type AgentRecord } from "./record.ts";

export interface Recovered {
  /** Still at work: this program watches over them from now on. */
  readonly found: readonly AgentInfo[];
  /** Ended by themselves while nobody watched: that is on record now, as of when it was. */
  readonly ended: readonly AgentInfo[];
  /** Gone, and nobody can tell how. */
  readonly interrupted: readonly AgentInfo[];
}

interface Recovering {
  readonly project: string;
  readonly launcher: Launcher;
  readonly clock: Clock;
  readonly log: RecordsLog;
}

/** @param record of one that is at work, whose end is to be recorded */
type Watch = (record: AgentRecord, ended: Promise<AgentExit> | undefined) => void;

export async function recoverIn(at: Recovering, watch: Watch): Promise<Recovered> {
  const { project } = at;
  await settleEnds(project);
  const records = await recordService(() => project).listRecords();
  const open = records.filter(({ status }) => status === "running");
  const seen = await Promise.all(open.map((record) => recover(at, record, watch)));
  const infos = (which: (record: AgentRecord) => boolean) => seen.filter(which).map(infoOf);
  const self = at.launcher.self();
  return {
    found: infos((record) => isWatchedBy(record, self)),
    ended: infos(({ status }) => status === "completed" || status === "failed"),
    interrupted: infos(({ status }) => status === "interrupted"),
  };
}

/** Of several programs one takes it over, and only that one looks what became of it. */
async function recover(at: Recovering, open: AgentRecord, watch: Watch): Promise<AgentRecord> {
  const { launcher, log } = at;
  let isMine = false;
  const record = await change(at, open, (current) => {
    isMine = isLeft(current, launcher);
    return isMine ? { launcher: launcher.self() } : null;
  });
  if (!isMine) return record;
  try {
    return await settle(at, record, watch);
  } catch (error) {
    log.warn(`what became of agent ${record.agentId} cannot be read: ${String(error)}`);
    return await interrupt(at, record);
  }
}

/** Whoever launched it hears of its end while it lives. */
function isLeft({ status, launcher: its }: AgentRecord, { isAlive }: Launcher): boolean {
  return status === "running" && (its === undefined || !isAlive(its));
}

async function settle(at: Recovering, record: AgentRecord, watch: Watch): Promise<AgentRecord> {
  const { project, launcher } = at;
  const { command = "", args = [] } = record;
  const adopted = await launcher.adopt?.({ ...placeOf(project, record), command, args });
  const process = processOf(record, launcher, adopted ?? null);
  if (process !== null) {
    const found = await change(at, record, { process });
    watch(found, adopted?.ended);
    return found;
  }
  const exit = await adopted?.ended;
  if (exit === undefined || exit.code === null) return await interrupt(at, record);
  return await endAgent({ ...at, record, exit });
}

/** Null: it is there no more. A program that was killed while it launched it left no process on record. */
function processOf(
  { process: known }: AgentRecord,
  { isAlive }: Launcher,
  adopted: Adopted | null,
): AgentProcess | null {
  if (adopted !== null) return adopted.process;
  return known !== undefined && known !== null && isAlive(known) ? known : null;
}

function interrupt(at: Recovering, record: AgentRecord): Promise<AgentRecord> {
  const exitReason = "it ended while nobody watched";
  return change(at, record, { status: "interrupted", exitReason });
}

function change(
  { project }: Recovering,
  { specId, agentId }: AgentRecord,
  update: RecordUpdate,
): Promise<AgentRecord> {
  return withLock(project, () => changeRecord(project, specId, agentId, update));
}

function isWatchedBy({ status, launcher }: AgentRecord, { pid, startTime }: AgentProcess): boolean {
  return status === "running" && launcher?.pid === pid && launcher.startTime === startTime;
}
