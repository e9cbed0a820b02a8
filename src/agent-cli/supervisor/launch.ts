/**
 * Starts a process that outlives whoever started it: detached, with files as its output, so that it and what it
 * says survive Stint. How it ended is written by a few lines of `sh` that wait for it, since nobody else may be
 * left to ask. No argument is ever read by the shell: they reach it as parameters.
 */
import { type ChildProcess, spawn } from "node:child_process";
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";

import { z } from "zod";

import type { Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";

import { marking } from "./members.ts";
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
  /** What it took up to the last look. */
  resources: "resources.json",
  /** Why it was told to end. */
  told: "told",
  process: "process.json",
} as const;

const TELL_STATUS = `code=$?
times > "\${status%status}times"
printf '%s' "$code" > "$status.part" && mv "$status.part" "$status"
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
  /** Settles when the leader has ended. */
  readonly ended: Promise<void>;
}

export interface Machine {
  readonly processes: Processes;
  readonly clock: Clock;
}

/** @throws Fault `invalid` where the command or the folder is not there, or the system refuses to start it; nothing was started then */
export function launch({ processes, clock }: Machine, launching: Launch): Launched {
  const { executionId, args, cwd, folder } = launching;
  demandFolder(cwd);
  const env = { ...launching.env, ...marking(executionId) };
  const command = findCommand(launching.command, env["PATH"] ?? "", cwd);
  mkdirSync(folder, { recursive: true });
  const script = scriptFor(launching);
  const since = Math.max(0, ...processes.look().map(({ started }) => started));
  // The files first: what is on record can be followed, whenever Stint dies.
  const output = openSync(join(folder, FILES.output), "a");
  const errors = openSync(join(folder, FILES.errors), "a");
  try {
    const at = { cwd: resolve(cwd), folderBytes: launching.folderBytes ?? null };
    const record = { executionId, since, startedAt: clock.now(), ...at };
    writeRecord(folder, { ...record, leader: null });
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
    const leader = child.pid === undefined ? undefined : identityOf(processes, child.pid);
    if (leader === undefined) throw new Fault("unavailable", `"${command}" could not be started.`);
    writeRecord(folder, { ...record, leader });
    return { ...record, leader, ended };
  } finally {
    closeSync(output);
    closeSync(errors);
  }
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    child.once("exit", () => {
      done();
    });
    child.once("error", () => {
      done(); // it has no pid then
    });
  });
}

/** The script, its name, and what it takes before the command. */
function scriptFor({ folder, env, isSpokenTo = false }: Launch): readonly string[] {
  const at = (name: string): string => join(resolve(folder), name);
  if (!isSpokenTo) return [SCRIPT, "stint", at(FILES.status)];
  writeFileSync(at(FILES.input), "");
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

export interface Status {
  /** As a shell prints it: from 128 on mostly, but not surely, the number of a signal and 128. */
  readonly code: number;
  /** When it ended, epoch milliseconds. */
  readonly at: number;
}

/** How it ended; undefined: it has not, or was killed together with the script that would have told. */
export function readStatus(folder: string): Status | undefined {
  const file = join(folder, FILES.status);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  return { code: Number(readFileSync(file, "utf8")), at: Math.round(found.mtimeMs) };
}

/** What the command and those of its children that have ended took, in milliseconds; null: it was not told. */
export function readTimes(folder: string): number | null {
  const file = join(folder, FILES.times);
  if (!existsSync(file)) return null;
  // The shell's own and its children's, each for the program and for the system: "1m2.34s".
  const times = readFileSync(file, "utf8").matchAll(/(\d+)m(\d+)[.,](\d+)s/g);
  const seconds = Array.from(times, ([, m, s, part]) => Number(m) * 60 + Number(`${s}.${part}`));
  return seconds.length === 4
    ? Math.round(1000 * seconds.reduce((all, one) => all + one, 0))
    : null;
}

function demandFolder(cwd: string): void {
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() === true) return;
  throw new Fault("invalid", `The working folder "${cwd}" does not exist.`, {
    suggestion: "Make it, or name another one.",
  });
}

/** As a shell finds it, by name along the path or by a path from the working folder. */
function findCommand(command: string, path: string, cwd: string): string {
  const isPath = command.includes("/");
  const places = isPath ? [""] : path.split(delimiter).filter((place) => place !== "");
  const found = places
    .map((place) => (isAbsolute(command) ? command : resolve(cwd, place, command)))
    .find(isExecutable);
  if (found !== undefined) return found;
  throw new Fault("invalid", `The command "${command}" was not found.`, {
    suggestion: isPath
      ? "Check the path, and that the file may be executed."
      : "Install it, or give its whole path.",
  });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
