/** Whether a data folder may be started in, before anything in it is touched. */
import { existsSync } from "node:fs";
import { join } from "node:path";

import { storeFault } from "#store/databases/broken.ts";
import { demandReadable, missing } from "#store/databases/readable.ts";

import { BESIDE, LEDGER, openUntouched } from "./files.ts";

/** @throws Fault `store_failed` that says what to do */
export function demandUsable(folder: string): void {
  try {
    demandReadable(join(folder, LEDGER));
    demandComplete(folder);
  } catch (error) {
    throw storeFault(error) ?? error;
  }
}

/** A folder that was served has all of these: made anew, one would forget who may sign in, or what was sent. */
function demandComplete(folder: string): void {
  const has = (name: string): boolean => existsSync(join(folder, name));
  if (!has(LEDGER)) {
    if (BESIDE.some(has)) throw missing(join(folder, LEDGER));
    return;
  }
  const lost = BESIDE.find((name) => !has(name));
  if (lost !== undefined && hasWorkspaces(folder)) throw missing(join(folder, lost));
}

function hasWorkspaces(folder: string): boolean {
  using db = openUntouched(folder, LEDGER);
  const known = db.prepare("select 1 from sqlite_schema where name = 'workspace'").get();
  return known !== undefined && db.prepare("select 1 from workspace limit 1").get() !== undefined;
}
