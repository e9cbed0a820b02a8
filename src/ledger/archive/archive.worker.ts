/** Writes and verifies archives on a thread of its own, so that neither reading nor packing holds anybody up. */
import { parentPort, workerData } from "node:worker_threads";

import { openPlain } from "#store/databases/sqlite.ts";

import { ownDisk } from "./disk.ts";
import { type Damage, type Expected, verifyFile } from "./read-file.ts";
import { writeArchive, type WriteRequest, type Written } from "./write-file.ts";

export type ArchiveTask =
  | { readonly do: "write"; readonly store: string; readonly request: WriteRequest }
  | { readonly do: "verify"; readonly path: string; readonly expected: Expected };

export type ArchiveAnswer = Written | Damage | undefined;

if (parentPort === null) throw new Error("archives are written by a worker thread");
const task = workerData as ArchiveTask;
parentPort.postMessage(await carryOut());

async function carryOut(): Promise<ArchiveAnswer> {
  if (task.do === "verify") return verifyFile(task.path, task.expected);
  const db = openPlain(task.store);
  try {
    return await writeArchive(db, task.request, ownDisk);
  } finally {
    db.close();
  }
}
