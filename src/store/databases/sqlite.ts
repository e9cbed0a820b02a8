/**
 * SQLite through Node's own `node:sqlite`: no native module to install. WAL, so that readers on other
 * threads never wait for the writer; full sync, so that what was answered survives a power cut.
 *
 * The writer thread loads this file, so it loads nothing that only readers need.
 */
import { DatabaseSync } from "node:sqlite";

export interface SqliteOptions {
  /** `full` (the default) syncs each commit; `off` is for tests that do not pull the plug. */
  readonly sync?: "full" | "off";
}

/** The writing connection. One process, one thread has it. */
export function openWriting(path: string, { sync = "full" }: SqliteOptions = {}): DatabaseSync {
  const db = new DatabaseSync(path);
  db.exec("pragma auto_vacuum = incremental"); // only has an effect before the first table
  db.exec("pragma journal_mode = wal");
  db.exec(`pragma synchronous = ${sync}`);
  db.exec("pragma cache_size = -16384"); // a larger one was not faster
  db.exec("pragma secure_delete = fast"); // pages written anyway keep nothing old; it costs nothing measurable
  db.exec("pragma temp_store = memory");
  db.exec("pragma wal_autocheckpoint = 0"); // the writer checkpoints by itself
  return db;
}

/** A connection that only reads, and knows SQLite's own functions alone. Writing through it fails. */
export function openPlain(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  db.exec("pragma query_only = on");
  db.exec("pragma cache_size = -16384");
  db.exec("pragma busy_timeout = 5000");
  return db;
}
