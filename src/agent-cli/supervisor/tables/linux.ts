/** Processes as Linux tells of them: proc(5). */
import { readdirSync, readFileSync } from "node:fs";

import type { Holding, Process, ProcessTable } from "../processes.ts";

/** A tick is 10 ms on every Linux that Node runs on (USER_HZ). */
const MS_A_TICK = 10;
const KIB = 1024;
/** The kernel's own, which nobody starts. */
const PF_KTHREAD = 0x0020_0000;

/** Where the fields stand behind the name, which may hold spaces and parentheses itself. */
const FIELD = {
  state: 0,
  parent: 1,
  group: 2,
  session: 3,
  flags: 6,
  cpu: [11, 12, 13, 14],
  started: 19,
} as const;

export const linuxProcesses: ProcessTable = {
  boot: bootId,
  look,
  of: read,
  isMarked: (pid, line) => {
    const environment = textOf(`/proc/${pid}/environ`);
    // It has none in the very moment in which it becomes another program.
    if (environment === undefined || environment === "") return null;
    return `\0${environment}`.includes(`\0${line}\0`);
  },
  holdingOf,
};

let boot: string | undefined;

function bootId(): string {
  boot ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return boot;
}

function look(): readonly Process[] {
  return readdirSync("/proc").flatMap((name) => {
    const pid = Number(name);
    const found = Number.isInteger(pid) ? read(pid) : undefined;
    return found === undefined ? [] : [found];
  });
}

/** A process can end between any two looks at it. */
function read(pid: number): Process | undefined {
  const text = textOf(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  const end = text.lastIndexOf(")");
  const fields = text.slice(end + 2).split(" ");
  const at = (index: number): number => Number(fields[index] ?? 0);
  if ((at(FIELD.flags) & PF_KTHREAD) !== 0) return undefined;
  const ticks = FIELD.cpu.reduce((sum, index) => sum + at(index), 0);
  return {
    pid,
    parent: at(FIELD.parent),
    group: at(FIELD.group),
    session: at(FIELD.session),
    started: at(FIELD.started),
    cpuMs: ticks * MS_A_TICK,
    isZombie: fields[FIELD.state] === "Z" || fields[FIELD.state] === "X",
    name: text.slice(text.indexOf("(") + 1, end),
  };
}

/** Pages that several processes share are counted once: each gets its share (PSS). */
function holdingOf(pid: number): Holding {
  const memory = numberIn(textOf(`/proc/${pid}/smaps_rollup`), /^Pss:\s+(\d+)/m);
  const io = textOf(`/proc/${pid}/io`);
  return {
    memoryBytes: memory === null ? null : memory * KIB,
    readBytes: numberIn(io, /^read_bytes: (\d+)/m),
    writtenBytes: numberIn(io, /^write_bytes: (\d+)/m),
  };
}

function numberIn(text: string | undefined, pattern: RegExp): number | null {
  const found = text === undefined ? undefined : pattern.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/** Undefined: it is gone, or is not ours to read. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return undefined;
  }
}
