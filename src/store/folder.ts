/**
 * One data folder, one process. Who holds the folder has an exclusive transaction open on `stint.lock`: a lock of the
 * operating system, which ends with the process however it dies, so none is ever stale and no pid is guessed at.
 * `holder.json` beside it says who that is and where it answers; it may be left over from one that died, the lock never.
 */
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { Fault } from "#domain/fault.ts";

export interface Holder {
  readonly pid: number;
  /** The unix socket on which it answers to those who may read the folder. */
  readonly socket: string;
  /** It stays until it is told to end; a command lets go when its own work is done. */
  readonly serves?: boolean;
}

export interface Holding {
  /** The folder's true path. */
  readonly folder: string;
  /** Where the holder is to listen for the CLI. */
  readonly socket: string;
  readonly release: () => void;
}

/** Linux takes 107 bytes of socket path, macOS 103. */
const LONGEST_SOCKET_PATH = 100;

/** Takes the folder, creating it where there is none. @throws Fault `folder_held` while another process has it. */
export function holdFolder(folder: string, { serves = false } = {}): Holding {
  const path = makeFolder(folder);
  const lock = lockFolder(path);
  const socket = socketIn(path);
  try {
    rmSync(socket, { force: true });
    const holder: Holder = { pid: process.pid, socket, serves };
    writeFileSync(holderFile(path), JSON.stringify(holder), { mode: 0o600 });
  } catch (cause) {
    lock.close();
    throw unusable(path, cause);
  }
  return {
    folder: path,
    socket,
    release: () => {
      rmSync(socket, { force: true });
      rmSync(holderFile(path), { force: true });
      lock.close();
    },
  };
}

/** Who said last that it holds the folder; whether it still answers is for the caller to find out. */
export function readHolder(folder: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(holderFile(folder), "utf8")) as Holder;
  } catch {
    return undefined; // nobody has held it, or somebody is only just taking it
  }
}

function makeFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return realpathSync(folder);
  } catch (cause) {
    throw unusable(folder, cause);
  }
}

function unusable(folder: string, cause: unknown): Fault {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Fault("store_failed", `The data folder ${folder} cannot be used: ${why}`, {
    cause,
    suggestion:
      "See that its disk has room and can be written by this user, or choose another folder with --data",
  });
}

function lockFolder(folder: string): DatabaseSync {
  const lock = openLock(folder);
  try {
    lock.exec("pragma busy_timeout = 0");
    lock.exec("begin exclusive");
    return lock;
  } catch (cause) {
    lock.close();
    if (!isBusy(cause)) throw unusable(folder, cause);
    const holder = readHolder(folder);
    const who = holder === undefined ? "another process" : `process ${holder.pid}`;
    throw new Fault("folder_held", `The data folder ${folder} is in use by ${who}`, {
      cause,
      suggestion: "Stop that one first, or choose another folder with --data",
    });
  }
}

function openLock(folder: string): DatabaseSync {
  try {
    return new DatabaseSync(join(folder, "stint.lock"));
  } catch (cause) {
    throw unusable(folder, cause);
  }
}

const BUSY = 5; // SQLite's result code, in the low byte

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === BUSY;
}

function holderFile(folder: string): string {
  return join(folder, "holder.json");
}

/** In the folder itself, or where its path is too long for a socket, in the user's own temporary folder. */
function socketIn(folder: string): string {
  const inside = join(folder, "stint.sock");
  if (Buffer.byteLength(inside) <= LONGEST_SOCKET_PATH) return inside;
  const own = join(tmpdir(), `stint-${userInfo().uid}`);
  mkdirSync(own, { recursive: true });
  chmodSync(own, 0o700); // fails where another user has made it
  return join(own, `${createHash("sha256").update(folder).digest("hex").slice(0, 16)}.sock`);
}
