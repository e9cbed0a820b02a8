/**
 * A ledger to read in, whose executions come from archives: on a connection of its own, temporary tables stand in
 * front of the store's of the same names, and hold what was taken out of an archive. So whatever shows an execution
 * of the ledger shows an archived one too, word for word; names of agents and contacts are those of now.
 */
import type { DatabaseSync, SQLInputValue } from "node:sqlite";

import { openReading } from "#store/databases/sqlite-reading.ts";
import { kyselyOn } from "#store/databases/sqlite-store.ts";

import type { Ledger } from "../ledger.ts";
import { askingOn } from "../ledgers/asking.ts";
import { readsOver } from "../reads.ts";
import type { ArchivedRecord, ArchivedRow } from "./format.ts";

export interface ReadingRoom {
  readonly ledger: Ledger;
  /** Puts an execution where the ledger finds it. */
  readonly layOut: (record: ArchivedRecord) => void;
  readonly isLaidOut: (no: number) => boolean;
  /** Takes everything away again: what is laid out next may hold less. */
  readonly clear: () => void;
  readonly close: () => Promise<void>;
}

const MOST_LAID_OUT = 20;
const TABLES = ["executions", "facts", "payloads", "journeys"] as const;

/** @param path the ledger's file */
export function openReadingRoom(ledger: Ledger, path: string): ReadingRoom {
  const db = openReading(path);
  setTables(db);
  const laidOut = new Set<number>();
  const kysely = kyselyOn(db);
  const layOut = (record: ArchivedRecord): void => {
    const no = Number(record.execution["no"]);
    if (laidOut.has(no)) return;
    laidOut.add(no);
    writing(db, () => {
      put(db, record);
      for (const oldest of laidOut) {
        if (laidOut.size <= MOST_LAID_OUT) break;
        laidOut.delete(oldest);
        clear(db, oldest);
      }
    });
  };
  const store = { ...ledger.store, db: kysely, heavy: kysely };
  return {
    ledger: { ...ledger, ...readsOver(askingOn(db)), store },
    layOut,
    isLaidOut: (no) => laidOut.has(no),
    clear: () => {
      writing(db, () => {
        for (const no of laidOut) clear(db, no);
      });
      laidOut.clear();
    },
    close: () => kysely.destroy(),
  };
}

function setTables(db: DatabaseSync): void {
  writing(db, () => {
    db.exec("pragma temp_store = memory");
    for (const table of [...TABLES, "live"])
      db.exec(`create temp table ${table} as select * from main.${table} where 0`);
    db.exec("create index temp.archived_facts on facts (no, lane, version)");
    db.exec("create index temp.archived_payloads on payloads (no, lane, version)");
  });
}

/** The connection reads; only what it has for itself is written. */
function writing(db: DatabaseSync, work: () => void): void {
  db.exec("pragma query_only = off");
  try {
    work();
  } finally {
    db.exec("pragma query_only = on");
  }
}

function put(db: DatabaseSync, record: ArchivedRecord): void {
  insert(db, "executions", [record.execution]);
  insert(db, "facts", record.facts);
  insert(db, "payloads", record.payloads);
  insert(db, "journeys", record.journeys);
}

/** Columns that have come or gone since it was archived are empty or left out. */
function insert(db: DatabaseSync, table: string, rows: readonly ArchivedRow[]): void {
  const columns = db.prepare(`select * from temp.${table} limit 0`).columns();
  const names = columns.map(({ name }) => name);
  const places = names.map(() => "?").join(",");
  const into = db.prepare(`insert into temp.${table} (${names.join(",")}) values (${places})`);
  for (const row of rows) into.run(...names.map((name) => (row[name] ?? null) as SQLInputValue));
}

function clear(db: DatabaseSync, no: number): void {
  for (const table of TABLES) db.prepare(`delete from temp.${table} where no = ?`).run(no);
}
