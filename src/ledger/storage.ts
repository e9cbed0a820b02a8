/** How much of the disk what needs: of one workspace from counts that are kept and a sample, of all from the pages themselves. */
import { Worker } from "node:worker_threads";

import { sql } from "kysely";

import { Fault } from "#domain/fault.ts";
import type { Kind } from "#domain/kinds.ts";

import type { Ledger } from "./ledger.ts";
import type { Measured } from "./storage.worker.ts";

export interface KindStorage {
  readonly kind: Kind;
  readonly open: number;
  /** Those that are still in the ledger. */
  readonly ended: number;
  /** Those that have left it, to the archive or for good. */
  readonly pruned: number;
  readonly archived: number;
  readonly archiveBytes: number;
  /** What the ended ones need, as the last of them did: an estimate. */
  readonly estimatedBytes: number;
}

interface Count {
  readonly kind: string;
  readonly n: number;
}

export async function storageOf(
  ledger: Ledger,
  ws: number,
  kinds: readonly Kind[],
): Promise<readonly KindStorage[]> {
  const [all, gone] = [await ended(ledger, ws, "rollups"), await ended(ledger, ws, "rollup_base")];
  const [open, archives] = [await opened(ledger, ws), await archived(ledger, ws)];
  return Promise.all(
    kinds.map(async (kind) => {
      const pruned = gone.get(kind) ?? 0;
      const kept = (all.get(kind) ?? 0) - pruned;
      const perExecution = kept === 0 ? 0 : await sample(ledger, ws, kind);
      const { n = 0, bytes = 0 } = archives.get(kind) ?? {};
      return {
        kind,
        open: open.get(kind) ?? 0,
        ended: kept,
        pruned,
        archived: n,
        archiveBytes: bytes,
        estimatedBytes: Math.round(kept * perExecution),
      };
    }),
  );
}

const countsOf = (rows: readonly Count[]): ReadonlyMap<string, number> =>
  new Map(rows.map(({ kind, n }) => [kind, Number(n)]));

async function ended(
  { store }: Ledger,
  ws: number,
  table: "rollups" | "rollup_base",
): Promise<ReadonlyMap<string, number>> {
  const rows = await store.db
    .selectFrom(table)
    .select(({ fn }) => ["kind", fn.sum<number>("n").as("n")])
    .where("ws", "=", ws)
    .where("span", "=", "d")
    .groupBy("kind")
    .execute();
  return countsOf(rows);
}

async function opened({ store }: Ledger, ws: number): Promise<ReadonlyMap<string, number>> {
  const rows = await store.db
    .selectFrom("live")
    .select(({ fn }) => ["kind", fn.countAll<number>().as("n")])
    .where("ws", "=", ws)
    .where("lane", "=", 0)
    .groupBy("kind")
    .execute();
  return countsOf(rows);
}

async function archived(
  { store }: Ledger,
  ws: number,
): Promise<ReadonlyMap<string, { readonly n: number; readonly bytes: number }>> {
  const rows = await store.db
    .selectFrom("archives")
    .select(({ fn }) => [
      "kind",
      fn.sum<number>("executions").as("n"),
      fn.sum<number>("bytes").as("bytes"),
    ])
    .where("ws", "=", ws)
    .groupBy("kind")
    .execute();
  return new Map(rows.map(({ kind, n, bytes }) => [kind, { n: Number(n), bytes: Number(bytes) }]));
}

const SAMPLE = 100;
/** Beside its text a row has its numbers, and its places in indexes. */
const BYTES_A_ROW = 80;
const BYTES_AN_EXECUTION = 400;

/** Bytes an execution, from the last ones that ended. */
async function sample({ store }: Ledger, ws: number, kind: string): Promise<number> {
  const { db } = store;
  const last = await db
    .selectFrom("executions")
    .select("no")
    .where("ws", "=", ws)
    .where("kind", "=", kind)
    .orderBy("no", "desc")
    .limit(SAMPLE)
    .execute();
  if (last.length === 0) return 0;
  const nos = last.map(({ no }) => no);
  const facts = await db
    .selectFrom("facts")
    .select(sql<number>`coalesce(sum(length(data)), 0) + ${BYTES_A_ROW} * count(*)`.as("bytes"))
    .where("no", "in", nos)
    .executeTakeFirst();
  const payloads = await db
    .selectFrom("payloads")
    .select(sql<number>`coalesce(sum(length(body)), 0) + ${BYTES_A_ROW} * count(*)`.as("bytes"))
    .where("no", "in", nos)
    .executeTakeFirst();
  const bytes = Number(facts?.bytes ?? 0) + Number(payloads?.bytes ?? 0);
  return BYTES_AN_EXECUTION + bytes / nos.length;
}

/** Counts all pages of the ledger's file, on a thread of its own. @param path the file */
export function measure(path: string): Promise<Measured> {
  const { promise, resolve, reject } = Promise.withResolvers<Measured>();
  const file = new URL("./storage.worker.ts", import.meta.url);
  const worker = new Worker(file, { workerData: path });
  worker.once("message", resolve);
  worker.once("error", reject);
  worker.once("exit", () => {
    reject(new Fault("store_failed", "The thread that measures ended without an answer"));
  });
  return promise;
}
