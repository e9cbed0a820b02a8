/**
 * Which process a number means. Numbers are given again, after a restart of the machine at once; the
 * machine's boot and the process's start, in the kernel's own ticks, tell one from another.
 */
import { readFileSync } from "node:fs";

export interface ProcessIdentity {
  readonly pid: number;
  /** Null where the platform does not say: then only the number is known. */
  readonly startTime: string | null;
}

/** Null: there is no such process, or it has ended and only waits to be collected. */
export function identify(pid: number): ProcessIdentity | null {
  if (process.platform !== "linux") return isThere(pid) ? { pid, startTime: null } : null;
  const stat = readStat(pid);
  if (stat === null || stat.state === "Z" || stat.state === "X") return null;
  return { pid, startTime: `${bootId()}/${stat.startTicks}` };
}

/** Whether it is there, and no other with its number. */
export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  const now = identify(pid);
  return now !== null && (startTime === null || now.startTime === startTime);
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // it is there, and another user's
  }
}

interface Stat {
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly startTicks: string;
}

/** Of `/proc`; null where the process is gone. */
function readStat(pid: number): Stat | null {
  const text = readProc(`/proc/${pid}/stat`);
  if (text === null) return null;
  // The program's name stands in brackets, and may itself hold brackets and spaces.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state = "", parent, group, session] = fields;
  return {
    state,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    startTicks: fields[19] ?? "",
  };
}

/** Null where it is gone, or not ours to read. */
function readProc(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

let boot: string | undefined;

function bootId(): string {
  boot ??= (readProc("/proc/sys/kernel/random/boot_id") ?? "").trim();
  return boot;
}
