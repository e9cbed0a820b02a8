/** Processes as Linux tells of them: proc(5). */
import { readdirSync, readFileSync, statSync } from "node:fs";

import type { Holding, Process, Processes } from "../processes.ts";

/** A tick is 10 ms on every Linux that Node runs on (USER_HZ). */
const MS_A_TICK = 10;
const KIB = 1024;

/** Where the fields stand behind the name, which may hold spaces and parentheses itself. */
const FIELD = {
  state: 0,
  parent: 1,
  group: 2,
  session: 3,
  cpu: [11, 12, 13, 14],
  started: 19,
} as const;

export const linuxProcesses: Processes = {
  boot: () => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(),
  look,
  isMarked: (pid, line) => {
    const environment = textOf(`/proc/${pid}/environ`);
    return environment !== undefined && `\0${environment}`.includes(`\0${line}\0`);
  },
  holdingOf,
};

function look(): readonly Process[] {
  const uid = process.getuid?.() ?? 0;
  return readdirSync("/proc").flatMap((name) => {
    const pid = Number(name);
    return Number.isInteger(pid) && isOf(uid, name) ? read(pid) : [];
  });
}

/** A process can end between any two looks at it. */
function isOf(uid: number, name: string): boolean {
  return statSync(`/proc/${name}`, { throwIfNoEntry: false })?.uid === uid;
}

function read(pid: number): readonly Process[] {
  const text = textOf(`/proc/${pid}/stat`);
  if (text === undefined) return [];
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const at = (index: number): number => Number(fields[index] ?? 0);
  const ticks = FIELD.cpu.reduce((sum, index) => sum + at(index), 0);
  return [
    {
      pid,
      parent: at(FIELD.parent),
      group: at(FIELD.group),
      session: at(FIELD.session),
      started: at(FIELD.started),
      cpuMs: ticks * MS_A_TICK,
      isZombie: fields[FIELD.state] === "Z" || fields[FIELD.state] === "X",
    },
  ];
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
