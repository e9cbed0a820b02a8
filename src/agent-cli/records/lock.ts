/**
 * One writer at a time in a project's `.stint/`, over all processes. The lock is a transaction on
 * `records.lock`: one of the operating system, which ends with its holder however that dies, so none
 * is ever stale. Reading needs none: a file is always a whole one.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";

import { Fault } from "#domain/fault.ts";

import { homeOf } from "./folder.ts";

/** Those of this process queue here and do not contend for the file. */
const queues = new Map<string, Promise<unknown>>();

const LONGEST_WAIT_MS = 60_000;
const LONGEST_PAUSE_MS = 8;

/** @throws Fault `unavailable` where others have held the lock for a minute */
export async function withLock<Result>(
  project: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const before = queues.get(project) ?? Promise.resolve();
  const mine = before.then(() => holding(project, work));
  const settled = mine.catch(() => undefined);
  queues.set(project, settled);
  try {
    return await mine;
  } finally {
    if (queues.get(project) === settled) queues.delete(project);
  }
}

async function holding<Result>(project: string, work: () => Promise<Result>): Promise<Result> {
  const home = homeOf(project);
  await mkdir(home, { recursive: true });
  using lock = new DatabaseSync(join(home, "records.lock"));
  lock.exec("pragma busy_timeout = 0");
  const until = performance.now() + LONGEST_WAIT_MS;
  while (!tryLock(lock)) {
    if (performance.now() > until) throw heldTooLong(home);
    await pause(Math.random() * LONGEST_PAUSE_MS);
  }
  return await work();
}

const BUSY = 5; // SQLite's result code, in the low byte

function tryLock(lock: DatabaseSync): boolean {
  try {
    lock.exec("begin exclusive");
    return true;
  } catch (error) {
    if (error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === BUSY) {
      return false;
    }
    throw error;
  }
}

function heldTooLong(home: string): Fault {
  return new Fault("unavailable", `Another process has been writing in ${home} for a minute.`, {
    suggestion: "See which process has records.lock open, and whether it hangs.",
  });
}
