/** Counts pages table by table: each count is a reading of its own, so that none holds the log for long. */
import { parentPort, workerData } from "node:worker_threads";

import { openPlain } from "#store/databases/sqlite.ts";

export interface Measured {
  /** Each with its indexes, the largest first. */
  readonly tables: { readonly table: string; readonly bytes: number }[];
  /** Pages that are used for nothing now. */
  readonly freeBytes: number;
}

if (parentPort === null) throw new Error("pages are counted by a worker thread");
parentPort.postMessage(measureFile(workerData as string));

function measureFile(path: string): Measured {
  const db = openPlain(path);
  try {
    const parts = db.prepare("select name, tbl_name as of from sqlite_schema where rootpage > 0");
    const bytesOf = db.prepare("select sum(pgsize) as bytes from dbstat where name = ?");
    const sums = new Map<string, number>();
    for (const { name, of } of parts.all()) {
      const bytes = Number(bytesOf.get(name as string)?.["bytes"] ?? 0);
      sums.set(String(of), (sums.get(String(of)) ?? 0) + bytes);
    }
    const pragma = (name: string): number => Number(db.prepare(`pragma ${name}`).get()?.[name]);
    const tables = [...sums].map(([table, bytes]) => ({ table, bytes }));
    return {
      tables: tables.toSorted((a, b) => b.bytes - a.bytes),
      freeBytes: pragma("freelist_count") * pragma("page_size"),
    };
  } finally {
    db.close();
  }
}
