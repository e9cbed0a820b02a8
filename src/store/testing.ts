/** A store of one process and one file in a folder that goes with it: for tests that need no writer thread. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";

import { Fault } from "#domain/fault.ts";

import { kyselyOnReader, Reader } from "./databases/reader.ts";
import { openReading } from "./databases/sqlite-reading.ts";
import { kyselyOn, migrateSqlite } from "./databases/sqlite-store.ts";
import { openWriting } from "./databases/sqlite.ts";
import type { Store, Write } from "./store.ts";

export interface TestStore extends Store, AsyncDisposable {
  readonly path: string;
  readonly close: () => Promise<void>;
}

export async function openTestStore(): Promise<TestStore> {
  const folder = await mkdtemp(join(tmpdir(), "stint-store-"));
  const path = join(folder, "stint.db");
  const writer = openWriting(path, { sync: "off" });
  await migrateSqlite(writer);
  const db = kyselyOn(openReading(path));
  const heavy = kyselyOnReader(new Reader(path));

  async function close(): Promise<void> {
    await heavy.destroy();
    await db.destroy();
    writer.close();
    await rm(folder, { recursive: true, force: true });
  }

  return {
    db,
    heavy,
    path,
    write: async (writes) => {
      writeAll(writer, writes);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function writeAll(db: DatabaseSync, writes: readonly Write[]): void {
  db.exec("begin immediate");
  try {
    for (const write of writes) writeOne(db, write);
    db.exec("commit");
  } catch (error) {
    db.exec("rollback");
    throw isTaken(error)
      ? new Fault("conflict", "A unique value is already taken", { cause: error })
      : error;
  }
}

function writeOne(db: DatabaseSync, { sql, parameters, expect }: Write): void {
  const { changes } = db.prepare(sql).run(...parameters);
  if (expect !== undefined && Number(changes) !== expect) throw new Fault("stale");
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && /UNIQUE constraint failed/.test(error.message);
}
