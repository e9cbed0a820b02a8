/**
 * Processes as `ps` tells of them, on macOS and other Unixes. It tells nothing of environments and of disks:
 * members are found by their parents and groups alone, and disk traffic is unknown.
 */
import { execFileSync } from "node:child_process";
import { basename } from "node:path";

import type { Process, ProcessTable } from "../processes.ts";

const COLUMNS = "pid=,ppid=,pgid=,stat=,rss=,time=,lstart=,comm=";
const LINE = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\d+)\s+(\S+)\s+((?:\S+\s+){4}\d+)\s+(.*)$/;
const KIB = 1024;

export const psProcesses: ProcessTable = {
  boot: bootTime,
  look: () => read(),
  of: (pid) => read(["-p", String(pid)])[0],
  isMarked: () => null,
  holdingOf: (pid) => {
    const found = read(["-p", String(pid)])[0];
    return { memoryBytes: found?.memoryBytes ?? null, readBytes: null, writtenBytes: null };
  },
};

interface Row extends Process {
  readonly memoryBytes: number;
}

function read(which = ["-A"]): readonly Row[] {
  return run("ps", [...which, "-o", COLUMNS])
    .split("\n")
    .flatMap(rowOf);
}

function rowOf(line: string): readonly Row[] {
  const found = LINE.exec(line);
  if (found === null) return [];
  const [, pid, parent, group, stat = "", rss, time = "", started = "", name = ""] = found;
  return [
    {
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      session: null,
      started: Date.parse(started),
      cpuMs: msOf(time),
      isZombie: stat.startsWith("Z"),
      name: basename(name),
      memoryBytes: Number(rss) * KIB,
    },
  ];
}

/** `[days-][hours:]minutes:seconds[.hundredths]` */
function msOf(time: string): number {
  const [rest = "", days = "0"] = time.split("-").toReversed();
  const seconds = rest.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round((seconds + Number(days) * 86_400) * 1000);
}

/** The first process started with the machine. */
function bootTime(): string {
  return run("ps", ["-p", "1", "-o", "lstart="]).trim();
}

/** Empty where `ps` finds nothing, which it calls a failure. */
function run(command: string, args: readonly string[]): string {
  try {
    return execFileSync(command, args, {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" },
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch (error) {
    if (error instanceof Error && "status" in error && error.status === 1) return "";
    throw error;
  }
}
