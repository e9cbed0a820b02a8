/** The ledger on SQLite: a writer thread that owns the file, and this thread's reading connection. */
import type { DatabaseSync, StatementSync } from "node:sqlite";

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
import {
  payloadKey,
  type Entry,
  type Found,
  type InboxItem,
  type Ledger,
  type OpenLanes,
} from "../ledger.ts";
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
  const { id, owner } = identify(path);
  const db = openReading(path);
  const kysely = kyselyOn(db);
  const reads = prepareReads(db);
  const followers = new Set<() => void>();
  const writer = openWriter({ path, ...options }, () => {
    for (const wake of followers) wake();
  });
  const append = writer.append as Ledger["append"];

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

type Reads = Pick<
  Ledger,
  | "read"
  | "readPayloads"
  | "readInbox"
  | "openLanes"
  | "parkedLanes"
  | "lastOfLanes"
  | "find"
  | "nextDue"
  | "readAfter"
  | "head"
>;

function prepareReads(db: DatabaseSync): Reads {
  const stream = db.prepare(
    `select ${COLUMNS} from facts where no = ? and lane = ? and version > ? order by version`,
  );
  const payloads = db.prepare(`select version, part, body from payloads where no = ? and lane = ?`);
  const inbox = db.prepare(
    `select seq, kind, body, at from inbox where no = ? and lane = ? order by seq`,
  );
  const wake = db.prepare(`select wake from live where no = ? and lane = ?`);
  const open = db.prepare(
    `select count(*) as count, min(case when owner is null then ready_at end) as due,
       (select count(*) from journeys where no = ?1 and lane between ?2 and ?3) as opened
     from live where no = ?1 and lane between ?2 and ?3`,
  );
  const parked = db.prepare(
    `select lane from live where no = ? and lane > 0 and owner is null order by lane`,
  );
  const lasts = db.prepare(
    `select ${COLUMNS}, max(version) from facts where no = ? and lane > 0 group by lane order by lane`,
  );
  const found = db.prepare(
    `select no, ws, state, 0 as ended from live where id = ?1 and lane = 0
     union all select no, ws, state, 1 as ended from executions where id = ?1`,
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
      const rows = payloads.all(no, lane) as {
        version: number;
        part: number;
        body: string | null;
      }[];
      return new Map(
        rows.map(({ version, part, body }) => [
          payloadKey(version, part),
          body === null ? undefined : JSON.parse(body),
        ]),
      );
    },
    readInbox: async (no, lane) => {
      const seen = wake.get(no, lane) as { wake: number } | undefined;
      return { wake: seen?.wake ?? 0, items: inbox.all(no, lane) as unknown as InboxItem[] };
    },
    openLanes: async (no, first, until) => open.get(no, first, until) as unknown as OpenLanes,
    parkedLanes: async (no) => (parked.all(no) as { lane: number }[]).map(({ lane }) => lane),
    lastOfLanes: async (no) => entries(lasts, no),
    find: async (id) => {
      const row = found.get(id) as (Omit<Found, "ended"> & { ended: number }) | undefined;
      return row && { ...row, ended: row.ended === 1 };
    },
    nextDue: async () => (due.get() as { due: number | null }).due,
    readAfter: async (position, limit) => entries(after, position, limit),
    head: async () => (last.get() as { position: number }).position,
  };
}
