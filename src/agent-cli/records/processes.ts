/** Processes as records name them. */
import { identityOf, isAlive, type Identity, type Processes } from "../supervisor/processes.ts";
import type { AgentProcess } from "./record.ts";

export function processOf({ boot, pid, started }: Identity): AgentProcess {
  return { pid, startTime: `${boot}/${started}` };
}

/** One whose start is not told is nobody's: its number may be another's by now. */
export function isStillAlive(
  processes: Processes,
  { pid, startTime }: Pick<AgentProcess, "pid" | "startTime">,
): boolean {
  const [boot, started] = startTime?.split("/") ?? [];
  if (boot === undefined || started === undefined) return false;
  return isAlive(processes, { boot, pid, started: Number(started) });
}

/** This program itself. */
export function selfIn(processes: Processes): AgentProcess {
  const self = identityOf(processes, process.pid);
  return self === undefined ? { pid: process.pid, startTime: null } : processOf(self);
}
