/** Gives back what the writer's file needs no more: pages that pruning has freed, and the write-ahead log. */
import { statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";

/** Few enough that an append which comes in between waits for milliseconds. */
const PAGES_AT_ONCE = 128;
/** What is freed is soon used again: so much stays (2 MiB). */
const PAGES_KEPT = 512;

/** Gives some free pages back to the disk; answers whether more are to be given. */
export function giveBack(db: DatabaseSync): boolean {
  const free = freePages(db);
  if (free <= PAGES_KEPT) return false;
  db.exec(`pragma incremental_vacuum(${Math.min(PAGES_AT_ONCE, free - PAGES_KEPT)})`);
  return hasFree(db);
}

/** Whether there is something to give back. */
export function hasFree(db: DatabaseSync): boolean {
  return freePages(db) > PAGES_KEPT;
}

function freePages(db: DatabaseSync): number {
  return Number(db.prepare("pragma freelist_count").get()?.["freelist_count"] ?? 0);
}

const MIB = 1024 * 1024;
const CHECKPOINT_PAGES = 4096; // 16 MiB: a long log slows every reader down

export interface Limits {
  /** A log this long was kept from beginning anew by readers that overlap: the writer waits for them, briefly. */
  readonly long: number;
  readonly brieflyMs: number;
  /** From here on it waits longer than any reader should take: the log must not fill the disk. */
  readonly tooLong: number;
  readonly longerMs: number;
}
const LIMITS: Limits = { long: 64 * MIB, brieflyMs: 100, tooLong: 512 * MIB, longerMs: 5_000 };
/** Looking at its length costs a call of the system, so not every batch does. */
const BATCHES_A_LOOK = 32;

export interface Log {
  /** To be called after each batch. */
  readonly look: () => void;
}

/**
 * SQLite copies the log into the file every 16 MiB, and begins it anew once nobody reads from it. One reader that
 * takes long, or many that overlap, keep it from that. @param path the file of the database
 */
export function keepLogShort(db: DatabaseSync, path: string, limits = LIMITS): Log {
  const { long, tooLong, brieflyMs, longerMs } = limits;
  db.exec(`pragma wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  db.exec(`pragma journal_size_limit = ${long}`);
  let batches = 0;
  let next = long;
  return {
    look: () => {
      batches += 1;
      if (batches % BATCHES_A_LOOK !== 0) return;
      const length = lengthOf(`${path}-wal`);
      if (length < next) return;
      const isAnew = beginAnew(db, length < tooLong ? brieflyMs : longerMs);
      // One that a reader holds is tried again when it has grown, not at every look.
      next = isAnew ? long : length + long / 4;
    },
  };
}

/** What `work` empties or deletes is overwritten where it stood, whole pages too, and leaves the log as soon as its readers let it. */
export function forgetting<Result>(db: DatabaseSync, work: () => Result): Result {
  db.exec("pragma secure_delete = on");
  const result = work();
  db.exec("pragma secure_delete = fast");
  beginAnew(db, LIMITS.brieflyMs);
  return result;
}

function beginAnew(db: DatabaseSync, waitMs: number): boolean {
  db.exec(`pragma busy_timeout = ${waitMs}`);
  try {
    return db.prepare("pragma wal_checkpoint(truncate)").get()?.["busy"] === 0;
  } finally {
    db.exec("pragma busy_timeout = 0");
  }
}

function lengthOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
