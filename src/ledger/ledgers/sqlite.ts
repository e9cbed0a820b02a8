/** The ledger on SQLite: a writer thread that owns the file, this thread's reading connection, and a reader's for what is heavy. */
import type { DatabaseSync } from "node:sqlite";

import { v7 } from "uuid";

import { storeFault } from "#store/databases/broken.ts";
import { demandReadable, FORMAT } from "#store/databases/readable.ts";
import { kyselyOnReader, Reader } from "#store/databases/reader.ts";
import { openReading } from "#store/databases/sqlite-reading.ts";
import { kyselyOn, migrateSqlite } from "#store/databases/sqlite-store.ts";
import { openWriting, type SqliteOptions } from "#store/databases/sqlite.ts";

import type { Owner } from "../items.ts";
import type { Ledger } from "../ledger.ts";
import { readsOver } from "../reads.ts";
import { askingOn } from "./asking.ts";
import { Writer } from "./writer.ts";
import { writingThrough } from "./writing-through.ts";

/**
 * Opens the file, creating or updating its tables. Nobody else may have it open for writing.
 * @throws Fault `store_failed` where it cannot be used, or only by a newer Stint
 */
export async function openSqliteLedger(path: string, options: SqliteOptions = {}): Promise<Ledger> {
  const { id, owner, db } = await prepare(path);
  const kysely = kyselyOn(db);
  const heavy = kyselyOnReader(new Reader(path));
  const reads = readsOver(askingOn(db));
  const followers = new Set<() => void>();
  const writer = new Writer({ path, ...options }, () => {
    for (const wake of followers) wake();
  });
  const append = ((item) => writer.append(item)) as Ledger["append"];

  return {
    id,
    owner,
    store: { db: kysely, heavy, write: writingThrough(append) },
    append,
    ...reads,
    onAppend: (wake) => {
      followers.add(wake);
      return () => followers.delete(wake);
    },
    underWay: () => writer.underWay,
    broken: writer.broken,
    close: async () => {
      await writer.close();
      await heavy.destroy();
      await kysely.destroy();
      if (db.isOpen) db.close(); // Kysely closes only what it was asked through
    },
  };
}

interface Prepared extends Identity {
  /** For reading. */
  readonly db: DatabaseSync;
}

/** The reader opens before the file is let go: whoever closes it last syncs its whole log into it, which takes time. */
async function prepare(path: string): Promise<Prepared> {
  try {
    demandReadable(path);
    return await migrateAndOpen(path);
  } catch (error) {
    throw storeFault(error) ?? error;
  }
}

async function migrateAndOpen(path: string): Promise<Prepared> {
  const writing = openWriting(path);
  try {
    await migrateSqlite(writing);
    return { ...identify(writing), db: openReading(path) };
  } finally {
    writing.close();
  }
}

interface Identity {
  readonly id: string;
  readonly owner: Owner;
}

/** The ledger's own id, minted when the file is made, and this process as a new life of its one node. */
function identify(db: DatabaseSync): Identity {
  const first = db.prepare(`insert into meta (key, value) values (?, ?) on conflict do nothing`);
  const read = db.prepare(`select value from meta where key = ?`);
  const valueOf = (key: string): string => String(read.get(key)?.["value"]);
  first.run("ledger_id", v7());
  first.run("node_id", v7());
  first.run("incarnation", "0");
  first.run("min_reader", String(FORMAT));
  db.exec(`update meta set value = cast(value as integer) + 1 where key = 'incarnation'`);
  const owner = { id: valueOf("node_id"), incarnation: Number(valueOf("incarnation")) };
  return { id: valueOf("ledger_id"), owner };
}
