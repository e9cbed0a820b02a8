/**
 * Whether the files that are open are still the folder's: one that was deleted, or replaced by another,
 * goes on being written by its name's former holder, and is gone with it. So its end is told, and what
 * the ledger held is saved under another name while it can still be read.
 */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { backup, type DatabaseSync } from "node:sqlite";

import type { Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";

import { BESIDE, LEDGER, openUntouched } from "./files.ts";

export interface FileWatch {
  /** Settles when a file was taken away; nothing more may be answered then. */
  readonly gone: Promise<Fault>;
  readonly close: () => void;
}

const LOOK_EVERY_MS = 2000;
const LOG = `${LEDGER}-wal`;
const RESCUED = `${LEDGER}.rescued`;

export function watchFiles(folder: string, clock: Clock): FileWatch {
  const gone = Promise.withResolvers<Fault>();
  const ledger = openUntouched(folder, LEDGER);
  ledger.prepare("select count(*) from meta").get(); // from here on it has the file and its log open
  const names = [LEDGER, LOG, ...BESIDE].filter((name) => existsSync(join(folder, name)));
  const known = new Map(names.map((name) => [name, identityOf(join(folder, name))]));
  let disarm = (): void => undefined;

  function look(): void {
    const lost = names.find((name) => identityOf(join(folder, name)) !== known.get(name));
    if (lost === undefined) disarm = clock.at(clock.now() + LOOK_EVERY_MS, look);
    else void tell(folder, ledger, lost).then(gone.resolve);
  }

  look();
  return {
    gone: gone.promise,
    close: () => {
      disarm();
      ledger.close();
    },
  };
}

function identityOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.dev}/${found.ino}`;
}

async function tell(folder: string, ledger: DatabaseSync, lost: string): Promise<Fault> {
  const what = `${lost} was deleted or replaced while Stint ran`;
  const isSaved = (lost === LEDGER || lost === LOG) && (await save(folder, ledger));
  const suggestion = isSaved
    ? `What was in it is saved: delete ${LOG} and ${LEDGER}-shm, rename ${RESCUED} to ${LEDGER}, and start Stint again`
    : "Put it back, or restore the last backup into another folder with `stint restore`";
  return new Fault("store_failed", `${what}, so nothing more can be kept`, { suggestion });
}

async function save(folder: string, ledger: DatabaseSync): Promise<boolean> {
  try {
    await backup(ledger, join(folder, RESCUED), { rate: 1000 });
    return true;
  } catch {
    return false; // its disk may have gone with it
  }
}
