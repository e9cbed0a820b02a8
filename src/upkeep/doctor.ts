/**
 * Looks a data folder over, and mends it where it is asked to. It reads one moment of the files, so it
 * may be done beside the process that has the folder; mending needs the folder for itself.
 */
import { chmodSync, copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { backup } from "node:sqlite";

import { Fault } from "#domain/fault.ts";
import { checkFile, examine, type Diagnosis, type Wrong } from "#ledger/doctor/examine.ts";
import type { Findings } from "#ledger/doctor/finding.ts";
import { mend } from "#ledger/doctor/mend.ts";
import { lostIn } from "#store/databases/log.ts";
import { demandKnown } from "#store/databases/readable.ts";
import { openWriting } from "#store/databases/sqlite.ts";
import { holdFolder } from "#store/folder.ts";

import { BESIDE, daysIn, demandLedger, LEDGER, openUntouched, SEARCH } from "./files.ts";

const LOG = `${LEDGER}-wal`;

export interface Report extends Pick<Diagnosis, "findings" | "executions" | "facts"> {
  /** Another process has the folder. */
  readonly running: boolean;
}

export interface Repaired extends Report {
  /** How many findings there were before. */
  readonly before: number;
  /** The copy that was made of the ledger's file first; undefined: there was nothing to mend. */
  readonly copy: string | undefined;
}

/** @throws Fault `not_found`, `store_failed` where a newer Stint wrote it */
export function lookOver(folder: string): Report {
  demandOwn(folder);
  const release = tryToHold(folder);
  try {
    return look(folder, release === undefined);
  } finally {
    release?.();
  }
}

/** @throws Fault `folder_held` while another process has the folder */
export async function repair(folder: string, at: number): Promise<Repaired> {
  demandOwn(folder);
  const { release } = holdFolder(folder);
  try {
    const { findings, wrong } = look(folder, false);
    const before = findings.total;
    const copy = wrong === undefined || before === 0 ? undefined : await copyLedger(folder, at);
    if (wrong !== undefined && copy !== undefined) mendFile(folder, wrong, at);
    return { ...look(folder, false), before, copy };
  } finally {
    release();
  }
}

/** What a newer Stint keeps would look wrong to this one; what cannot even be read is for the examination. */
function demandOwn(folder: string): void {
  demandLedger(folder);
  try {
    demandKnown(join(folder, LEDGER));
  } catch (error) {
    if (error instanceof Fault) throw error;
  }
}

/** Undefined: another process has it. */
function tryToHold(folder: string): (() => void) | undefined {
  try {
    return holdFolder(folder).release;
  } catch (error) {
    if (error instanceof Fault && error.code === "folder_held") return undefined;
    throw error;
  }
}

function look(folder: string, running: boolean): Report & Pick<Diagnosis, "wrong"> {
  const lost = running ? 0 : lostTransactions(folder);
  const diagnosis = examineFile(folder, running);
  if (lost > 0)
    diagnosis.findings.add(
      "damaged_log",
      `${LOG} is damaged: ${lost} transactions cannot be reached`,
    );
  for (const name of [...BESIDE, SEARCH]) lookAtFile(folder, name, diagnosis.findings);
  return { ...diagnosis, running };
}

function examineFile(folder: string, running: boolean): Diagnosis {
  const db = openUntouched(folder, LEDGER);
  try {
    return examine(db, { days: daysIn, running });
  } finally {
    db.close();
  }
}

function lookAtFile(folder: string, name: string, findings: Findings): void {
  if (!existsSync(join(folder, name))) return;
  const kind = name === SEARCH ? "damaged_index" : "damaged_file";
  try {
    using db = openUntouched(folder, name);
    checkFile(db, findings, name, kind);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    findings.add(kind, `${name} cannot be read: ${why}`);
  }
}

/** One that is being written is read by who writes it. */
function lostTransactions(folder: string): number {
  const log = join(folder, LOG);
  return existsSync(log) ? lostIn(log) : 0;
}

async function copyLedger(folder: string, at: number): Promise<string> {
  const moment = new Date(at).toISOString().replaceAll(/[:.]/g, "-");
  const path = join(folder, `${LEDGER}.before-repair-${moment}`);
  if (lostTransactions(folder) > 0) {
    copyFileSync(join(folder, LOG), `${path}.log`);
    chmodSync(`${path}.log`, 0o600);
  }
  using db = openUntouched(folder, LEDGER);
  await backup(db, path);
  chmodSync(path, 0o600);
  return path;
}

function mendFile(folder: string, wrong: Wrong, at: number): void {
  using db = openWriting(join(folder, LEDGER));
  mend(db, wrong, { dayOf: daysIn(db), at });
  db.exec("pragma wal_checkpoint(truncate)"); // a log that was damaged is gone with it
}
