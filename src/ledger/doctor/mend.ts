/**
 * Puts right what can be derived from facts, all of it in one transaction or nothing; facts are never
 * touched. To be done while nobody has the store open, after a copy of the file was made.
 */
import type { DatabaseSync } from "node:sqlite";

import { COLUMNS, entryOf, type ReadRow } from "../reads.ts";
import {
  project,
  type Compared,
  type DayOf,
  type Rows,
  type Sums,
  type Value,
} from "../rebuild.ts";
import type { Wrong } from "./examine.ts";
import { keptOf, OF_ALL, OF_ONE } from "./projections.ts";

export interface Mending {
  readonly dayOf: DayOf;
  readonly at: number;
}

export function mend(db: DatabaseSync, wrong: Wrong, { dayOf, at }: Mending): void {
  db.exec("begin immediate");
  try {
    for (const no of wrong.executions) deriveRows(db, no, dayOf, at);
    if (wrong.sums !== undefined) deriveSums(db, wrong.sums);
    clearLeftovers(db, wrong, at);
    wake(db, wrong, at);
    db.exec("commit");
  } catch (error) {
    if (db.isTransaction) db.exec("rollback");
    throw error;
  }
}

function deriveRows(db: DatabaseSync, no: number, dayOf: DayOf, at: number): void {
  const rows = db
    .prepare(`select ${COLUMNS} from facts where no = ? order by lane, version`)
    .all(no) as ReadRow[];
  const entries = rows.map(entryOf);
  const says = project(entries, dayOf, {
    rollups: new Map(),
    sketches: new Map(),
    totals: new Map(),
  });
  for (const compared of OF_ONE)
    putRows(db, compared, keptOf(db, compared)(no), says[compared.table]);
  const epochs = entries.map(({ epoch }) => epoch);
  // A row that was missing had lost its claim too: it is free, and nobody may have an epoch that was used.
  db.prepare(
    `update live set epoch = ?, ready_at = ?, wake = (select count(*) from inbox where inbox.no = live.no)
     where no = ? and epoch < 0`,
  ).run(Math.max(0, ...epochs), at, no);
}

/** What a row of `live` needs beside what its facts say; its claim is settled when it is in. */
const UNCLAIMED = { epoch: -1, incarnation: 0, wake: 0 };

function putRows(
  db: DatabaseSync,
  { table, keys, columns }: Compared,
  kept: Rows,
  says: Rows,
): void {
  const where = keys.map((key) => `${key} = ?`).join(" and ");
  const key = (name: string): Value[] => name.split("/").map(Number);
  for (const name of kept.keys())
    if (!says.has(name)) db.prepare(`delete from ${table} where ${where}`).run(...key(name));
  for (const [name, row] of says) {
    if (kept.has(name)) {
      const set = columns.map((column) => `${column} = ?`).join(", ");
      const values = columns.map((column) => row[column] ?? null);
      db.prepare(`update ${table} set ${set} where ${where}`).run(...values, ...key(name));
    } else {
      const named = keys.map((column, index) => [column, key(name)[index] ?? null] as const);
      insert(db, table, {
        ...row,
        ...Object.fromEntries(named),
        ...(table === "live" && UNCLAIMED),
      });
    }
  }
}

function insert(db: DatabaseSync, table: string, row: Readonly<Record<string, Value>>): void {
  const columns = Object.keys(row);
  const marks = columns.map(() => "?").join(",");
  db.prepare(`insert into ${table} (${columns.join(", ")}) values (${marks})`).run(
    ...Object.values(row),
  );
}

function deriveSums(db: DatabaseSync, sums: Sums): void {
  for (const { table, keys } of OF_ALL) {
    db.exec(`delete from ${table}`);
    for (const [name, row] of sums[table as keyof Sums]) {
      const values = name.split("/");
      const named = keys.map((column, index) => [column, values[index] ?? null] as const);
      insert(db, table, { ...Object.fromEntries(named), ...row });
    }
  }
}

function clearLeftovers(db: DatabaseSync, { claims, guards, inbox }: Wrong, at: number): void {
  const free = db.prepare("update live set owner = null, ready_at = ? where no = ? and lane = 0");
  for (const no of claims) free.run(at, no);
  const giveBack = db.prepare("delete from guards where key = ?");
  for (const key of guards) giveBack.run(key);
  const clear = db.prepare(
    "delete from inbox where no = ? and not exists (select 1 from live where live.no = inbox.no and lane = 0)",
  );
  for (const no of inbox) clear.run(no);
}

/** A look costs nothing: what is awaited is derived again from the facts. */
function wake(db: DatabaseSync, { stuck, untold }: Wrong, at: number): void {
  const tell = db.prepare(
    "insert into inbox (no, lane, kind, body, at) values (?, ?, 'child', ?, ?)",
  );
  for (const { no, lane, path, id, state } of untold)
    tell.run(no, lane, JSON.stringify({ path, id, state }), at);
  const look = db.prepare(
    `update live set ready_at = ?, wake = wake + 1
     where no = ? and owner is null and (lane = 0 or lane = ?)`,
  );
  for (const [no, lanes] of stuck) for (const lane of lanes) look.run(at, no, lane);
}
