/** Whether this Stint may open a store: before it is touched, since what is opened is brought up to date. */
import { existsSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

import { Fault } from "#domain/fault.ts";

import { MIGRATION_NAMES } from "../migrate.ts";
import { lostIn } from "./log.ts";

/** What a store must ask of its readers is raised with every change that an older Stint would misread. */
export const FORMAT = 1;

/** @throws Fault `store_failed` that says what to do */
export function demandReadable(path: string): void {
  const log = `${path}-wal`;
  if (!existsSync(path)) {
    if (existsSync(log) && statSync(log).size > 0) throw missing(path);
    return;
  }
  if (existsSync(log)) demandWholeLog(log);
  if (statSync(path).size > 0) demandKnown(path);
}

export function missing(path: string): Fault {
  return new Fault(
    "store_failed",
    `${path} is missing, although other files of the store are there`,
    {
      suggestion:
        "Put it back, or restore the last backup into another folder with `stint restore`",
    },
  );
}

function demandWholeLog(log: string): void {
  const lost = lostIn(log);
  if (lost === 0) return;
  throw new Fault(
    "store_failed",
    `${log} is damaged: ${lost} transactions in it cannot be reached`,
    {
      suggestion:
        "Restore the last backup with `stint restore`; or go on without them with `stint doctor --repair`",
    },
  );
}

/** @throws Fault `store_failed` where a newer Stint wrote it */
export function demandKnown(path: string): void {
  // One that died in its making has half a change in it, which only who may write can take back.
  using db = new DatabaseSync(path, { readOnly: !existsSync(`${path}-journal`) });
  db.exec("pragma busy_timeout = 5000");
  const has = (table: string): boolean =>
    db.prepare("select 1 from sqlite_schema where name = ?").get(table) !== undefined;
  const asked = has("meta")
    ? db.prepare("select value from meta where key = 'min_reader'").get()?.["value"]
    : undefined;
  if (Number(asked ?? 0) > FORMAT) throw newer(path);
  if (!has("kysely_migration")) return;
  const names = db.prepare("select name from kysely_migration").all();
  if (names.some(({ name }) => !MIGRATION_NAMES.has(String(name)))) throw newer(path);
}

function newer(path: string): Fault {
  return new Fault("store_failed", `${path} was written by a newer Stint than this one`, {
    suggestion: "Start the newer one again, or restore a backup of before with `stint restore`",
  });
}
