/**
 * Launches agents of a project and keeps account of them in its files. An execution is on disk before
 * its process starts, and its end before its metrics line; whoever comes after a crash goes on from
 * there. Nothing but the paths lives in memory.
 */
import { systemClock, type Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import { uuid } from "#domain/uuid.ts";

import { endAgent, type AgentExit } from "./ending.ts";
import { isAtWork, placeOf, type AgentOrder, type Launcher } from "./launcher.ts";
import { withLock } from "./lock.ts";
import { consoleLog, type RecordsLog } from "./log.ts";
import { promptIn } from "./prompt.ts";
import { changeRecord, recordService, type RecordUpdate } from "./record-service.ts";
import { infoOf, type AgentInfo, type AgentProcess, type AgentRecord } from "./record.ts";
import { recoverIn, type Recovered } from "./recovery.ts";

export interface ResumeOrder {
  readonly agentId: string;
  readonly prompt: string;
  readonly command: string;
  readonly args: readonly string[];
}

export interface SpecManagerService {
  readonly setProjectPath: (path: string) => void;
  /** @throws what the launcher throws: the record then says that it failed */
  readonly startAgent: (order: AgentOrder) => Promise<AgentInfo>;
  /** @throws Fault `not_found`, or `conflict` while the agent runs */
  readonly resumeAgent: (order: ResumeOrder) => Promise<AgentInfo>;
  /**
   * Records the end and its metrics line; a second call writes nothing. @throws Fault `not_found`
   * @param exit what is known of it, or its exit code alone
   */
  readonly handleAgentExit: (agentId: string, exit: AgentExit | number | null) => Promise<void>;
  /** To be called when a project is opened. */
  readonly recoverAgents: () => Promise<Recovered>;
}

export interface SpecManagerOptions {
  readonly project: string;
  readonly launcher: Launcher;
  readonly clock?: Clock;
  readonly log?: RecordsLog;
}

/** Who does it, where and by which time. */
interface Desk {
  readonly project: string;
  readonly launcher: Launcher;
  readonly clock: Clock;
  readonly log: RecordsLog;
}

export function specManagerService(options: SpecManagerOptions): SpecManagerService {
  const { launcher, clock = systemClock, log = consoleLog } = options;
  const deskAt = (project: string): Desk => ({ project, launcher, clock, log });
  let desk = deskAt(options.project);
  /** An agent stays in the account of the project that it was launched in. */
  const desks = new Map([[desk.project, desk]]);

  return {
    setProjectPath: (path) => {
      desk = desks.get(path) ?? deskAt(path);
      desks.set(path, desk);
    },
    startAgent: (order) => startAt(desk, order),
    resumeAgent: async (order) => {
      const [at, record] = await find([...desks.values()], order.agentId);
      return await resumeAt(at, record, order);
    },
    handleAgentExit: async (agentId, exit) => {
      const [at, record] = await find([...desks.values()], agentId);
      await endAt(at, record, typeof exit === "object" && exit !== null ? exit : { code: exit });
    },
    recoverAgents: () => {
      const at = desk;
      return recoverIn(at, (record, ended) => {
        recordAtEnd(at, record, ended);
      });
    },
  };
}

const nowAt = ({ clock }: Desk): string => new Date(clock.now()).toISOString();

async function startAt(desk: Desk, order: AgentOrder): Promise<AgentInfo> {
  const { specId, phase, command, args, sessionId = null } = order;
  const startedAt = nowAt(desk);
  const record: AgentRecord = {
    agentId: `agent-${uuid()}`,
    specId,
    phase,
    sessionId,
    executions: [{ startedAt, prompt: order.prompt ?? promptIn(command, args) }],
    ...begun(order, desk.launcher.self(), startedAt),
  };
  await recordService(() => desk.project).writeRecord(record);
  return await launchAt(desk, record, order);
}

async function resumeAt(desk: Desk, record: AgentRecord, order: ResumeOrder): Promise<AgentInfo> {
  const startedAt = nowAt(desk);
  const { prompt } = order;
  const resumed = await update(desk, record, (current) => {
    if (isAtWork(current, desk.launcher)) throw atWork(current);
    const executions = [...(current.executions ?? []), { startedAt, prompt }];
    return { executions, ...begun(order, desk.launcher.self(), startedAt) };
  });
  const { specId, phase, sessionId } = record;
  const session = typeof sessionId === "string" ? { sessionId } : {};
  return await launchAt(desk, resumed, { ...order, specId, phase, ...session });
}

/** What is on record from the decision to start until the process is known. */
function begun(
  { command, args }: { readonly command: string; readonly args: readonly string[] },
  launcher: AgentProcess,
  lastActivityAt: string,
) {
  const status = "running" as const;
  const unknown = { process: null, exitReason: null };
  return { status, launcher, command, args: [...args], lastActivityAt, ...unknown };
}

async function launchAt(desk: Desk, record: AgentRecord, order: AgentOrder): Promise<AgentInfo> {
  try {
    const { process, ended } = await desk.launcher.launch({
      ...order,
      ...placeOf(desk.project, record),
    });
    const launched = await update(desk, record, { process });
    // Only now: the end must not be on record before the process is.
    recordAtEnd(desk, record, ended);
    return infoOf(launched);
  } catch (error) {
    await update(desk, record, { status: "failed", exitReason: messageOf(error) });
    throw error;
  }
}

function recordAtEnd(desk: Desk, record: AgentRecord, ended: Promise<AgentExit> | undefined): void {
  ended
    ?.then((exit) => endAt(desk, record, exit))
    .catch((error: unknown) => {
      desk.log.warn(`the end of agent ${record.agentId} is not recorded: ${messageOf(error)}`);
    });
}

function update({ project }: Desk, { specId, agentId }: AgentRecord, change: RecordUpdate) {
  return withLock(project, () => changeRecord(project, specId, agentId, change));
}

async function endAt(desk: Desk, record: AgentRecord, exit: AgentExit): Promise<void> {
  const { project, clock, log } = desk;
  await endAgent({ project, record, exit, clock, log });
}

async function find(
  desks: readonly Desk[],
  agentId: string,
): Promise<readonly [Desk, AgentRecord]> {
  for (const desk of desks.toReversed()) {
    const record = await recordService(() => desk.project).findRecord(agentId);
    if (record !== null) return [desk, record];
  }
  throw new Fault("not_found", `There is no agent ${agentId} in this project.`, {
    suggestion: "See the folder .stint/agents of the project.",
  });
}

function atWork({ agentId }: AgentRecord): Fault {
  return new Fault("conflict", `Agent ${agentId} is still running.`, {
    suggestion: "Wait for its end, or stop it first.",
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
