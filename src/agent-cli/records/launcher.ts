/** What starts processes, and what it is asked: the records only keep account of them. */
import type { Counters } from "../counters.ts";
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

export interface Launcher {
  readonly launch: (order: AgentOrder & Place) => Promise<Launched>;
  /** Watches over an agent that another program has launched; null where it cannot. */
  readonly adopt?: (
    order: Place & Pick<AgentOrder, "command" | "args">,
  ) => Promise<Pick<Launched, "ended"> | null>;
  /** Whether it is there, and no other with its number. */
  readonly isAlive: (process: AgentProcess) => boolean;
  /** This program itself. */
  readonly self: () => AgentProcess;
}

/** An agent is running, or somebody who lives is about to start it. */
export function isAtWork(record: AgentRecord, { isAlive }: Launcher): boolean {
  const { status, process, launcher } = record;
  if (status !== "running") return false;
  const whose = process ?? launcher;
  return whose !== undefined && whose !== null && isAlive(whose);
}
