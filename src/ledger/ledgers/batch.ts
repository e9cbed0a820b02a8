import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";

import type { Item, Outcome } from "../items.ts";
import { openBatch, writeBatch } from "../protocol/batch.ts";
import type { Counters } from "../protocol/counters.ts";
import { carryOut } from "../protocol/protocol.ts";
import type { Protocol, Row, Statement } from "../statement.ts";

/** What became of one item: its outcome, or the error of the database that it alone ran into. */
export type Settled =
  | { readonly outcome: Outcome }
  | { readonly error: string; readonly conflict: boolean };

/** An I/O error leaves unknown what is on disk: nothing may be written after it. */
export class StoreBroken extends Error {
  override readonly name = "StoreBroken";
}

export interface Batches {
  /** All items in one transaction with one sync. @throws StoreBroken */
  readonly run: (items: readonly Item[]) => readonly Settled[];
}

/** Carries out batches on SQLite, on the thread that owns the file. */
export function openBatches(db: DatabaseSync, counters: Counters): Batches {
  const prepared = new Map<Statement, StatementSync>();

  function prepare(statement: Statement): StatementSync {
    let found = prepared.get(statement);
    if (found === undefined) {
      found = db.prepare(statement.sql);
      prepared.set(statement, found);
    }
    return found;
  }

  function finish<Result>(protocol: Protocol<Result>): Result {
    let step = protocol.next();
    while (step.done !== true) {
      const { statement, parameters } = step.value;
      const ready = prepare(statement);
      const values = parameters as SQLInputValue[];
      step = protocol.next(
        statement.reads ? (ready.all(...values) as Row[]) : Number(ready.run(...values).changes),
      );
    }
    return step.value;
  }

  function transact(items: readonly Item[]): Settled[] {
    const { no, position } = counters;
    db.exec("begin immediate");
    try {
      const batch = openBatch(counters);
      const settled = items.map((item) => ({ outcome: finish(carryOut(batch, item)) }));
      finish(writeBatch(batch));
      db.exec("commit");
      return settled;
    } catch (error) {
      Object.assign(counters, { no, position });
      if (db.isTransaction) db.exec("rollback");
      throw error;
    }
  }

  /** One item ran into an error: each is carried out alone, so that it fails alone. */
  function transactEach(items: readonly Item[]): Settled[] {
    return items.map((item) => {
      try {
        return transact([item])[0] as Settled;
      } catch (error) {
        throwIfBroken(error);
        const message = error instanceof Error ? error.message : String(error);
        return { error: message, conflict: isConflict(error) };
      }
    });
  }

  return {
    run: (items) => {
      try {
        return transact(items);
      } catch (error) {
        throwIfBroken(error);
        return transactEach(items);
      }
    },
  };
}

/** SQLite's result codes: https://sqlite.org/rescode.html. The low byte is the primary one. */
const BROKEN = new Map([
  [8, "the file is read-only"],
  [10, "the disk did not take what was written"],
  [11, "the file is damaged"],
  [13, "the disk is full"],
  [14, "the file cannot be opened"],
  [26, "the file is not a database"],
]);
const CONSTRAINT = 19;

function primaryCode(error: unknown): number {
  const code = error instanceof Error && "errcode" in error ? Number(error.errcode) : 0;
  return code & 0xff;
}

function isConflict(error: unknown): boolean {
  return primaryCode(error) === CONSTRAINT;
}

function throwIfBroken(error: unknown): void {
  const why = BROKEN.get(primaryCode(error));
  if (why !== undefined)
    throw new StoreBroken(`The store cannot be written: ${why}.`, { cause: error });
}
