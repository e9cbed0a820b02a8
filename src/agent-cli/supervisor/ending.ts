/** Ends an execution's processes in steps: first those that can tidy up after themselves, at last all. */
import type { Clock } from "#domain/clock.ts";

import type { Crew } from "./members.ts";
import type { Process, Processes } from "./processes.ts";

interface Step {
  readonly signal: NodeJS.Signals;
  /** The leader's group hears it as from a terminal; `all`: each process that belongs to it. */
  readonly to: "group" | "all";
  /** How long it may take them. */
  readonly patienceMs: number;
}

/** Measured: Claude Code tidies up within 1.5 s of SIGINT; Gemini CLI hears only what its whole group hears. */
export const POLITELY: readonly Step[] = [
  { signal: "SIGINT", to: "group", patienceMs: 5000 },
  { signal: "SIGTERM", to: "group", patienceMs: 5000 },
  { signal: "SIGKILL", to: "all", patienceMs: 2000 },
];
/** What is left when the agent itself has ended. */
export const LEFT_OVER: readonly Step[] = [
  { signal: "SIGTERM", to: "all", patienceMs: 2000 },
  { signal: "SIGKILL", to: "all", patienceMs: 2000 },
];
export const PAUSE_MS = 50;

/** A negative pid is a group's. What has ended meanwhile hears nothing, nor what has become another user's. */
export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}

export interface Ending {
  readonly processes: Processes;
  readonly crew: Crew;
  readonly clock: Clock;
  readonly leader: number | undefined;
}

/** Settles when none is left, or with those that nothing could end. */
export async function end(
  { processes, crew, clock, leader }: Ending,
  steps: readonly Step[],
): Promise<readonly Process[]> {
  let left = crew.members(processes.look());
  for (const { signal, to, patienceMs } of steps) {
    const until = clock.now() + patienceMs;
    // One that a signal has reached may just have started another.
    let heard = new Set<number>();
    while (left.length > 0 && clock.now() < until) {
      heard = tell(left, heard, { signal, to, leader });
      await pause(clock, PAUSE_MS);
      left = crew.members(processes.look());
    }
    if (left.length === 0) break;
  }
  return left;
}

interface Told {
  readonly signal: NodeJS.Signals;
  readonly to: Step["to"];
  readonly leader: number | undefined;
}

/** Each hears it once; answers with who has. */
function tell(
  left: readonly Process[],
  heard: ReadonlySet<number>,
  { signal, to, leader }: Told,
): Set<number> {
  const isInGroup = left.some(({ group }) => group === leader);
  if (to === "group" && leader !== undefined && isInGroup) {
    if (!heard.has(-leader)) send(-leader, signal);
    return new Set([...heard, -leader]);
  }
  const fresh = left.filter(({ pid }) => !heard.has(pid));
  for (const { pid } of fresh) send(pid, signal);
  return new Set([...heard, ...fresh.map(({ pid }) => pid)]);
}

export function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.at(clock.now() + ms, resolve));
}
