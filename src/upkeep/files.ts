/** The files of a data folder, and how they are read without changing them. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { Fault } from "#domain/fault.ts";
import { wallClockOf } from "#domain/zones.ts";
import type { DayOf } from "#ledger/rebuild.ts";

export const LEDGER = "stint.db";
/** What else cannot be made again. */
export const BESIDE = ["auth.db", "outbox.db"] as const;
/** Where the search index lies: it can always be made again. */
export const SEARCH = "search.db";
/** What Agent CLIs and commands wrote; their answers are in the ledger. */
export const OUTPUT = "invocations";
export const SECRET = "secret";
/** Where executions lie that have left the ledger, in files that never change. */
export const ARCHIVE = "archive";

/** @throws Fault `not_found` */
export function demandLedger(folder: string): void {
  if (existsSync(join(folder, LEDGER))) return;
  throw new Fault("not_found", `There is no ${LEDGER} in ${folder}`, {
    suggestion: "Name the data folder with --data",
  });
}

/** A connection that can change nothing, also beside the process that writes the file. */
export function openUntouched(folder: string, name: string): DatabaseSync {
  const db = new DatabaseSync(join(folder, name), { readOnly: true });
  db.exec("pragma busy_timeout = 5000");
  return db;
}

const DAY_MS = 86_400_000;

/** Days as the workspaces of the store count them. */
export function daysIn(db: DatabaseSync): DayOf {
  const rows = db.prepare("select no, zone from workspace").all();
  const zones = new Map(rows.map(({ no, zone }) => [Number(no), String(zone)]));
  return (ws, at) => Math.floor(wallClockOf(at, zones.get(ws) ?? "UTC") / DAY_MS);
}
