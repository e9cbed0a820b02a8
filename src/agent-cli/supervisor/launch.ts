/**
 * Starts a process that outlives whoever started it: detached, with files as its output, so that it and what it
 * says survive Stint. How it ended is written by a few lines of `sh` that wait for it, since nobody else may be
 * left to ask. No argument is ever read by the shell: they reach it as parameters.
 */
import { type ChildProcess, spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join, resolve } from "node:path";

import { z } from "zod";

import type { Clock } from "#domain/clock.ts";
import { diskFault } from "#domain/disk-fault.ts";
import { Fault } from "#domain/fault.ts";

import { send } from "./ending.ts";
import { demandFolder, findCommand } from "./find-command.ts";
import { crewOf, marking } from "./members.ts";
import { type Identity, identityOf, type Processes } from "./processes.ts";

export interface Launch {
  readonly executionId: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The folder it works in. */
  readonly cwd: string;
  /** All of its environment: nothing of Stint's own goes along by itself. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder of its own, which is made: what it says, and how it ended. */
  readonly folder: string;
  /** What its working folder took on the disk before; null or not there: nobody knows how it grows. */
  readonly folderBytes?: number | null;
  /** It is spoken to while it runs; else its standard input is closed. */
  readonly isSpokenTo?: boolean;
}

export const FILES = {
  output: "output",
  errors: "errors",
  /** Its exit status, as a shell prints it. Written once it has ended. */
  status: "status",
  /** What is said to it, where it is spoken to. */
  input: "input",
  /** What it asks of people, and what they answered. */
  questions: "questions",
  /** Who gives that on to it: a pid. */
  pump: "pump",
  /** What the command and its children took of the processor, as the shell tells it. */
  times: "times",
  /** What they moved on the disk, as Linux tells it of the shell. */
  io: "io",
  /** What it took up to the last look. */
  resources: "resources.json",
  /** Why it was told to end. */
  told: "told",
  process: "process.json",
} as const;

/** What cannot be written is not: neither a full disk nor a folder that is gone changes how the command ended. */
const TELL_STATUS = `code=$?
{
command times > "\${status%status}times"
while read -r line; do printf '%s\\n' "$line"; done < "/proc/$$/io" > "\${status%status}io"
printf '%s' "$code" > "$status.part" && mv "$status.part" "$status"
} 2> /dev/null
exit "$code"`;

/** Signals of a terminal or a supervisor are the command's to answer, not the script's. */
const SCRIPT = `trap : INT TERM HUP
status=$1
shift
"$@"
${TELL_STATUS}`;

/** What stands in the input's file goes into a pipe, and whatever is added to it, until the pump is killed. */
const SPOKEN_TO = `trap : INT TERM HUP
status=$1 input=$2 pump=$3 tail=$4
shift 4
{ "$tail" -c +1 -f "$input" & printf '%s' "$!" > "$pump"; } | "$@"
code=$?
[ -e "$pump" ] && kill -9 "$(cat "$pump")"
(exit "$code")
${TELL_STATUS}`;

/** What is written beside the output, so that another life of Stint finds the processes. */
export interface LaunchRecord {
  readonly executionId: string;
  /** Null: Stint died while it was started; it is found by its mark, if it was. */
  readonly leader: Identity | null;
  /** No process of the execution started earlier, in the platform's unit. */
  readonly since: number;
  /** Its working folder, and what that took on the disk before. */
  readonly cwd?: string | undefined;
  readonly folderBytes?: number | null | undefined;
  /** When it was started, epoch milliseconds: what it may take in all counts from here, in whichever life. */
  readonly startedAt: number;
}

export interface Launched extends LaunchRecord {
  readonly leader: Identity;
  /** Settles when the leader has ended; null: a signal ended it. */
  readonly ended: Promise<number | null>;
}

export interface Machine {
  readonly processes: Processes;
  readonly clock: Clock;
}

/**
 * @throws Fault `invalid` where the command or the folder is not there, or the system refuses to start it,
 * `unavailable` where its files cannot be written; nothing goes on then
 */
export function launch(machine: Machine, launching: Launch): Launched {
  const { args, cwd, folder } = launching;
  demandFolder(cwd);
  const env = { ...launching.env, ...marking(launching.executionId) };
  const command = findCommand(launching.command, env["PATH"] ?? "", cwd);
  const script = scriptFor(launching);
  const { record, output, errors } = orUnwritten(folder, () => layOut(machine, launching));
  try {
    const child = orRefused(command, () =>
      spawn("/bin/sh", ["-c", ...script, command, ...args], {
        cwd,
        env,
        detached: true,
        stdio: ["ignore", output, errors],
      }),
    );
    const ended = endOf(child);
    child.unref();
    const { processes } = machine;
    const leader = child.pid === undefined ? undefined : identityOf(processes, child.pid);
    if (leader === undefined) throw new Fault("unavailable", `"${command}" could not be started.`);
    putOnRecord(processes, folder, { ...record, leader });
    return { ...record, leader, ended };
  } finally {
    closeSync(output);
    closeSync(errors);
  }
}

interface LaidOut {
  readonly record: Omit<LaunchRecord, "leader">;
  readonly output: number;
  readonly errors: number;
}

/** The files first: what is on record can be followed, whenever Stint dies. */
function layOut({ processes, clock }: Machine, launching: Launch): LaidOut {
  const { executionId, cwd, folder, folderBytes = null, isSpokenTo = false } = launching;
  mkdirSync(folder, { recursive: true });
  if (isSpokenTo) writeFileSync(join(folder, FILES.input), "");
  const since = Math.max(0, ...processes.glance().map(({ started }) => started));
  const record = { executionId, since, startedAt: clock.now(), cwd: resolve(cwd), folderBytes };
  const opened: number[] = [];
  try {
    const open = (name: string): number => {
      const file = openSync(join(folder, name), "a");
      opened.push(file);
      return file;
    };
    const [output, errors] = [open(FILES.output), open(FILES.errors)];
    writeRecord(folder, { ...record, leader: null });
    return { record, output, errors };
  } catch (error) {
    opened.forEach(closeSync);
    throw error;
  }
}

/** What nobody could find again does not go on. */
function putOnRecord(
  processes: Processes,
  folder: string,
  record: LaunchRecord & Pick<Launched, "leader">,
): void {
  try {
    orUnwritten(folder, () => {
      writeRecord(folder, record);
    });
  } catch (error) {
    const { executionId: id, leader, since } = record;
    const crew = crewOf(processes, { id, leader, since });
    send(-leader.pid, "SIGKILL"); // also whom it begins in this very moment
    for (const { pid } of crew.members(processes.look())) send(pid, "SIGKILL");
    throw error;
  }
}

/** @throws Fault `unavailable` */
function orUnwritten<Of>(folder: string, work: () => Of): Of {
  try {
    return work();
  } catch (error) {
    const disk = diskFault(error, folder);
    if (disk !== undefined) throw disk;
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new Fault("unavailable", `What it says cannot be kept in ${folder} (${code}).`, {
      cause: error,
      suggestion: "See that this folder can be made, and that this user may write it.",
    });
  }
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((done) => {
    child.once("exit", done);
    child.once("error", () => {
      done(null); // it has no pid then
    });
  });
}

/** The script, its name, and what it takes before the command. */
function scriptFor({ folder, env, isSpokenTo = false }: Launch): readonly string[] {
  const at = (name: string): string => join(resolve(folder), name);
  if (!isSpokenTo) return [SCRIPT, "stint", at(FILES.status)];
  const tail = findCommand("tail", [env["PATH"], ...USUAL].join(delimiter), folder);
  return [SPOKEN_TO, "stint", at(FILES.status), at(FILES.input), at(FILES.pump), tail];
}

const USUAL = ["/usr/bin", "/bin"];

/** Why the system refused is told by its code alone: its own words repeat what was handed over, secrets and all. */
function orRefused<Child>(command: string, begin: () => Child): Child {
  try {
    return begin();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    if (code === "E2BIG") {
      throw new Fault("invalid", "What it is handed is longer than this system hands a program.", {
        suggestion: "Put what is long into a file, and name that.",
      });
    }
    throw new Fault("invalid", `"${command}" could not be started (${code}).`);
  }
}

function writeRecord(folder: string, record: LaunchRecord): void {
  const file = join(folder, FILES.process);
  writeFileSync(`${file}.part`, JSON.stringify(record), { flush: true });
  renameSync(`${file}.part`, file);
}

const recordSchema = z.object({
  executionId: z.string(),
  leader: z.object({ boot: z.string(), pid: z.int(), started: z.number() }).nullable(),
  since: z.number(),
  startedAt: z.number(),
  cwd: z.string().optional(),
  folderBytes: z.number().nullable().optional(),
});

/** What a former life has launched there; undefined: nothing was. */
export function readLaunch(folder: string): LaunchRecord | undefined {
  const file = join(folder, FILES.process);
  if (!existsSync(file)) return undefined;
  return recordSchema.parse(JSON.parse(readFileSync(file, "utf8")));
}
