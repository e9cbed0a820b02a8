/**
 * What is particular to one Agent CLI: how it is started, how a line of it is read, how its end is
 * judged. All of it is pure, so that an adapter is proved with recordings (`adapter.conformance.ts`);
 * processes belong to the supervisor alone.
 */
import type { Asked, Reason, Said } from "./events.ts";
import type { Permission } from "./permission.ts";
import type { Round } from "./round.ts";

export interface AgentTask {
  readonly prompt: string;
  readonly model?: string;
  /** `start` names a new session where the Agent CLI allows that, `resume` goes on with one. */
  readonly session?: { readonly id: string; readonly how: "start" | "resume" };
  readonly permission: Permission;
  /** What is not permitted is asked of a person, where the Agent CLI can ask. */
  readonly asks?: boolean;
  readonly maxTurns?: number;
  readonly maxDollars?: number;
  /** The working folder's absolute path. */
  readonly folder: string;
  /** Instead of the program's usual name. */
  readonly program?: string;
  /** Further arguments, as the Agent CLI knows them. */
  readonly more?: readonly string[];
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Added to the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Null: its standard input is closed. */
  readonly dialogue: Dialogue | null;
}

export type Decision = "allow" | "deny";

/** For those that are spoken to while they run. Each text is one line, without its end. */
export interface Dialogue {
  readonly open: () => readonly string[];
  /** What is to be written after a line was read. */
  readonly answer: (line: string) => readonly string[];
  /** @param why where the agent can be told */
  readonly permit: (asked: Asked, decision: Decision, why?: string) => readonly string[];
  readonly cancel: () => readonly string[];
  /** After this line its standard input is closed. */
  readonly isOver: (line: string) => boolean;
}

/** What is known when the process is gone. */
export interface Ending {
  /** Null: nobody saw it end. */
  readonly exit: { readonly code: number | null; readonly signal: string | null } | null;
  /** Stint asked it to stop. */
  readonly cancelRequested: boolean;
  readonly stderr: string;
  readonly round: Round;
}

export type Outcome = "succeeded" | "failed" | "canceled" | "interrupted";

export interface Verdict {
  readonly outcome: Outcome;
  readonly reason: Reason | null;
  readonly message: string | null;
}

export interface Adapter {
  readonly name: string;
  /** Whether a new session can be named before the start. */
  readonly namesSessions: boolean;
  readonly start: (task: AgentTask) => Command;
  /** Null: a line that it does not know. An empty list: one that says nothing of interest. May throw. */
  readonly read: (line: string) => readonly Said[] | null;
  readonly judge: (ending: Ending) => Verdict;
}
