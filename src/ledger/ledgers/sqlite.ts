/** The ledger on SQLite: a writer thread that owns the file, and this thread's reading connection. */
import type { DatabaseSync, StatementSync } from "node:sqlite";

import { v7 } from "uuid";

import { Fault } from "#domain/fault.ts";
import { kyselyOn, migrateSqlite, openReading, openWriting, type SqliteOptions } from "#store/databases/sqlite.ts";
import type { Store } from "#store/store.ts";

import type { Item, Outcomes } from "../items.ts";
import { payloadKey, type Entry, type InboxItem, type Ledger } from "../ledger.ts";
import { upcast } from "../upcast.ts";
import { openWriter } from "./writer.ts";

interface FactsRow {
  readonly position: number;
  readonly no: number;
  readonly lane: number;
  readonly version: number;
  readonly v: number;
  readonly epoch: number;
  readonly at: number;
  readonly data: string;
}

const COLUMNS = "position, no, lane, version, v, epoch, at, data";

function entryOf(row: FactsRow): Entry {
  const { position, no, lane, version, epoch, at } = row;
  return { position, no, lane, version, epoch, at, facts: upcast(row.v, row.data) };
}

/** Opens the file, creating or updating its tables. Nobody else may have it open for writing. */
export async function openSqliteLedger(path: string, options: SqliteOptions = {}): Promise<Ledger> {
  await migrateSqlite(path);
  const id = identify(path);
  const db = openReading(path);
  const kysely = kyselyOn(db);
  const writer = openWriter({ path, ...options });
  const reads = prepareReads(db);
  const followers = new Set<() => void>();

  async function append<I extends Item>(item: I): Promise<Outcomes[I["op"]]> {
    const outcome = await writer.append(item);
    if ("data" in item) for (const wake of followers) wake();
    return outcome as Outcomes[I["op"]];
  }

  const store: Store = {
    db: kysely,
    write: async (writes) => {
      const outcome = await append({ op: "write", writes });
      if (!outcome.ok) throw new Fault("stale", "The data changed meanwhile. Read it again and retry.");
    },
  };

  return {
    id,
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

/** The ledger's own id, minted when the file is made. */
function identify(path: string): string {
  const db = openWriting(path);
  try {
    db.prepare(`insert into meta (key, value) values ('ledger_id', ?) on conflict do nothing`).run(v7());
    const row = db.prepare(`select value from meta where key = 'ledger_id'`).get();
    return String(row?.["value"]);
  } finally {
    db.close();
  }
}

type Reads = Pick<
  Ledger,
  "read" | "readPayloads" | "readInbox" | "nextDue" | "readAfter" | "head"
>;

function prepareReads(db: DatabaseSync): Reads {
  const stream = db.prepare(
    `select ${COLUMNS} from facts where no = ? and lane = ? and version > ? order by version`,
  );
  const payloads = db.prepare(`select version, part, body from payloads where no = ? and lane = ?`);
  const inbox = db.prepare(
    `select seq, kind, body, at from inbox where no = ? and lane = ? order by seq`,
  );
  const due = db.prepare(
    `select min(ready_at) as due from live where owner is null and ready_at is not null and lane = 0`,
  );
  const after = db.prepare(
    `select ${COLUMNS} from facts where position > ? order by position limit ?`,
  );
  const last = db.prepare(`select coalesce(max(position), 0) as position from facts`);
  const entries = (statement: StatementSync, ...values: number[]): Entry[] =>
    (statement.all(...values) as unknown as FactsRow[]).map(entryOf);

  return {
    read: async (no, lane, version = 0) => entries(stream, no, lane, version),
    readPayloads: async (no, lane) => {
      const rows = payloads.all(no, lane) as { version: number; part: number; body: string | null }[];
      return new Map(
        rows.map(({ version, part, body }) => [
          payloadKey(version, part),
          body === null ? undefined : JSON.parse(body),
        ]),
      );
    },
    readInbox: async (no, lane) => inbox.all(no, lane) as unknown as InboxItem[],
    nextDue: async () => (due.get() as { due: number | null }).due,
    readAfter: async (position, limit) => entries(after, position, limit),
    head: async () => (last.get() as { position: number }).position,
  };
}
