/** The ledger on SQLite: a writer thread that owns the file, and this thread's reading connection. */
import { v7 } from "uuid";

import { Fault } from "#domain/fault.ts";
import {
  kyselyOn,
  migrateSqlite,
  openReading,
  openWriting,
  type SqliteOptions,
} from "#store/databases/sqlite.ts";
import type { Store } from "#store/store.ts";

import type { Owner } from "../items.ts";
import type { Ledger } from "../ledger.ts";
import { readsOver } from "../reads.ts";
import { askingOn } from "./asking.ts";
import { Writer } from "./writer.ts";

/** Opens the file, creating or updating its tables. Nobody else may have it open for writing. */
export async function openSqliteLedger(path: string, options: SqliteOptions = {}): Promise<Ledger> {
  await migrateSqlite(path);
  const { id, owner } = identify(path);
  const db = openReading(path);
  const kysely = kyselyOn(db);
  const reads = readsOver(askingOn(db));
  const followers = new Set<() => void>();
  const writer = new Writer({ path, ...options }, () => {
    for (const wake of followers) wake();
  });
  const append = ((item) => writer.append(item)) as Ledger["append"];

  const store: Store = {
    db: kysely,
    write: async (writes) => {
      const outcome = await append({ op: "write", writes });
      if (!outcome.ok)
        throw new Fault("stale", "The data changed meanwhile. Read it again and retry.");
    },
  };

  return {
    id,
    owner,
    store,
    append,
    ...reads,
    onAppend: (wake) => {
      followers.add(wake);
      return () => followers.delete(wake);
    },
    broken: writer.broken,
    close: async () => {
      await writer.close();
      await kysely.destroy();
    },
  };
}

/** The ledger's own id, minted when the file is made, and this process as a new life of its one node. */
function identify(path: string): { readonly id: string; readonly owner: Owner } {
  const db = openWriting(path);
  const first = db.prepare(`insert into meta (key, value) values (?, ?) on conflict do nothing`);
  const read = db.prepare(`select value from meta where key = ?`);
  const valueOf = (key: string): string => String(read.get(key)?.["value"]);
  try {
    first.run("ledger_id", v7());
    first.run("node_id", v7());
    first.run("incarnation", "0");
    db.exec(`update meta set value = cast(value as integer) + 1 where key = 'incarnation'`);
    const owner = { id: valueOf("node_id"), incarnation: Number(valueOf("incarnation")) };
    return { id: valueOf("ledger_id"), owner };
  } finally {
    db.close();
  }
}
