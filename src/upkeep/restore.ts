/**
 * Makes a data folder of a backup. The ledger gets another id, so that whoever followed the old one
 * begins anew, and all that was open in it is held. It gets its name last: a folder whose restoring was
 * cut off holds no ledger, and nothing in it can run.
 */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { v7 } from "uuid";

import { Fault } from "#domain/fault.ts";
import { holdOpen } from "#ledger/hold.ts";
import { demandKnown } from "#store/databases/readable.ts";
import { openWriting } from "#store/databases/sqlite.ts";
import { holdFolder } from "#store/folder.ts";

import { syncFile, syncFolder, syncFolders } from "./backup.ts";
import { ARCHIVE, LEDGER } from "./files.ts";
import { readManifest, sha256Of, type Manifest } from "./manifest.ts";

/** The ledger before it has its name. */
const LEDGER_DRAFT = `${LEDGER}.restoring`;

export interface Restored {
  readonly manifest: Manifest;
  readonly ledgerId: string;
  /** How many executions are held. */
  readonly held: number;
}

/** @throws Fault `invalid` where the backup is not whole, `folder_held` or `conflict` where the folder is not free */
export async function restore(source: string, data: string, at: number): Promise<Restored> {
  const manifest = readManifest(source);
  await demandWhole(source, manifest);
  demandEmpty(data);
  const { folder, release } = holdFolder(data);
  const made = [LEDGER_DRAFT, ARCHIVE, ...manifest.files.map(({ name }) => name)];
  try {
    return { manifest, ...copyAll(source, folder, manifest, at) };
  } catch (error) {
    for (const name of made) rmSync(join(folder, name), { force: true, recursive: true });
    throw explain(error, data);
  } finally {
    release();
  }
}

function copyAll(
  source: string,
  folder: string,
  manifest: Manifest,
  at: number,
): Pick<Restored, "ledgerId" | "held"> {
  const draft = join(folder, LEDGER_DRAFT);
  for (const { name } of manifest.files) {
    const path = name === LEDGER ? draft : join(folder, name);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    copyFileSync(join(source, name), path);
    chmodSync(path, 0o600);
    syncFile(path);
  }
  demandKnown(draft);
  const made = beginAnew(draft, at, manifest.at);
  syncFile(draft);
  syncFolders(
    folder,
    manifest.files.map(({ name }) => name),
  );
  renameSync(draft, join(folder, LEDGER));
  syncFolder(folder);
  return made;
}

function explain(error: unknown, data: string): unknown {
  if (error instanceof Fault) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new Fault("store_failed", `The backup could not be restored into ${data}: ${why}`, {
    cause: error,
    suggestion: "See that its disk has room and can be written; nothing was left there",
  });
}

async function demandWhole(source: string, { files }: Manifest): Promise<void> {
  for (const { name, bytes, sha256 } of files) {
    const path = join(source, name);
    const is = existsSync(path) ? statSync(path).size : undefined;
    if (is === bytes && (await sha256Of(path)) === sha256) continue;
    const what = is === undefined ? "is missing" : "is not what was written";
    throw new Fault("invalid", `The backup ${source} is not whole: ${name} ${what}`, {
      suggestion: "Restore another backup",
    });
  }
}

/** A start that failed leaves its lock, and a file system has its own. */
const OF_NOBODY: ReadonlySet<string> = new Set(["stint.lock", "lost+found"]);

function demandEmpty(data: string): void {
  if (!existsSync(data)) return;
  const names = readdirSync(data).filter((name) => !OF_NOBODY.has(name));
  if (names.length === 0) return;
  if (names.includes(LEDGER_DRAFT)) {
    throw new Fault("conflict", `${data} holds a restoring that was cut off`, {
      suggestion: "Delete that folder and restore again",
    });
  }
  // Who has it is told first.
  holdFolder(data).release();
  throw new Fault("conflict", `${data} is not empty, and nothing in it may be overwritten`, {
    suggestion: "Name another folder with --data; Stint starts in it afterwards",
  });
}

function beginAnew(
  path: string,
  at: number,
  backupAt: number,
): Pick<Restored, "ledgerId" | "held"> {
  const ledgerId = v7();
  const db = openWriting(path);
  db.exec("begin immediate");
  db.prepare("update meta set value = ? where key = 'ledger_id'").run(ledgerId);
  const held = holdOpen(db, at, backupAt);
  db.exec("commit");
  db.exec("pragma journal_mode = delete"); // one file, until its name is right
  db.close();
  for (const more of ["-wal", "-shm"]) rmSync(`${path}${more}`, { force: true });
  return { ledgerId, held };
}
