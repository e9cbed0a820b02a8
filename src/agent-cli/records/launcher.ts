/** What starts processes, and what it is asked: the records only keep account of them. */
import { NO_COUNTERS, type Counters } from "../counters.ts";
import type { AgentExit } from "./ending.ts";
import type { AgentProcess, AgentRecord } from "./record.ts";

export interface AgentOrder {
  readonly specId: string;
  readonly phase: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Where it is not to be looked for in the arguments. */
  readonly prompt?: string;
  readonly sessionId?: string;
}

export interface Launched {
  readonly process: AgentProcess;
  /** Settles when the process has ended; without it the caller says so by `handleAgentExit`. */
  readonly ended?: Promise<AgentExit>;
}

/** Which execution of which agent. */
export interface Place {
  /** The project folder's path. */
  readonly project: string;
  readonly agentId: string;
  /** From 1. */
  readonly execution: number;
  /** Where its session's running totals stand. */
  readonly counters: Counters;
}

/** An agent that another program has launched. */
export interface Adopted {
  /** Null: it is there no more. */
  readonly process: AgentProcess | null;
  /** Settles at once for one that is there no more; a `code` of null: nobody could tell how it ended. */
  readonly ended: Promise<AgentExit>;
}

export interface Launcher {
  readonly launch: (order: AgentOrder & Place) => Promise<Launched>;
  /** Watches over an agent that another program has launched; null where it knows of none. */
  readonly adopt?: (order: Place & Pick<AgentOrder, "command" | "args">) => Promise<Adopted | null>;
  /** Whether it is there, and no other with its number. */
  readonly isAlive: (process: AgentProcess) => boolean;
  /** This program itself. */
  readonly self: () => AgentProcess;
}

/** Where its last execution is. */
export function placeOf(project: string, record: AgentRecord): Place {
  const { agentId, executions = [], counters = NO_COUNTERS } = record;
  return { project, agentId, execution: executions.length, counters };
}

/** An agent is running, or somebody who lives is about to start it. */
export function isAtWork(record: AgentRecord, { isAlive }: Launcher): boolean {
  const { status, process, launcher } = record;
  if (status !== "running") return false;
  const whose = process ?? launcher;
  return whose !== undefined && whose !== null && isAlive(whose);
}
