import { Worker } from "node:worker_threads";

import { Fault } from "#domain/fault.ts";

import type { ArchiveAnswer, ArchiveTask } from "./archive.worker.ts";
import type { Archivist } from "./archives.ts";
import type { Damage } from "./read-file.ts";
import type { Written } from "./write-file.ts";

/** Each task has a thread of its own, which ends with it. @param store the path of the ledger's file */
export function openArchivist(store: string): Archivist {
  return {
    write: async (request) => (await carryOut({ do: "write", store, request })) as Written,
    verify: async (path, expected) =>
      (await carryOut({ do: "verify", path, expected })) as Damage | undefined,
  };
}

function carryOut(task: ArchiveTask): Promise<ArchiveAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<ArchiveAnswer>();
  const worker = new Worker(new URL("./archive.worker.ts", import.meta.url), { workerData: task });
  worker.once("message", resolve);
  worker.once("error", reject);
  worker.once("exit", () => {
    reject(new Fault("store_failed", "The archive's thread ended without an answer"));
  });
  return promise;
}
