import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";

import { primaryCode, storeFault } from "#store/databases/broken.ts";

import type { Item, Outcome } from "../items.ts";
import { openBatch, writeBatch } from "../protocol/batch.ts";
import { type Counters, readCounters } from "../protocol/counters.ts";
import { carryOut } from "../protocol/protocol.ts";
import type { Protocol, Statement } from "../statement.ts";

/** What became of one item: its outcome, or the error of the database that it alone ran into. */
export type Settled =
  | { readonly outcome: Outcome }
  | { readonly error: string; readonly conflict: boolean };

/** An I/O error leaves unknown what is on disk: nothing may be written after it. */
export class StoreBroken extends Error {
  override readonly name = "StoreBroken";
  readonly suggestion: string | undefined;

  constructor(message: string, suggestion: string | undefined) {
    super(message);
    this.suggestion = suggestion;
  }
}

/** The numbers given out last, as the store has them. */
export function countersOf(db: DatabaseSync): Counters {
  const protocol = readCounters();
  const ask = protocol.next();
  if (ask.done === true) return ask.value;
  const rows = db.prepare(ask.value.statement.sql).all();
  const done = protocol.next(rows);
  if (done.done !== true) throw new Error("the counters take one question");
  return done.value;
}

/** Statements that writes bring along are as many as there are different ones; the rest are a few dozen. */
const MOST_PREPARED = 1000;

/** Carries out batches on SQLite, on the thread that owns the file. */
export class Batches {
  readonly #db: DatabaseSync;
  readonly #counters: Counters;
  readonly #prepared = new Map<Statement, StatementSync>();
  readonly #read: (db: DatabaseSync) => Counters;
  readonly #othersWrote: StatementSync;
  #dataVersion: unknown;

  /** @param read the counters, as the store has them */
  constructor(db: DatabaseSync, read: (db: DatabaseSync) => Counters) {
    this.#db = db;
    this.#read = read;
    this.#counters = read(db);
    this.#othersWrote = db.prepare("pragma data_version");
    this.#dataVersion = this.#othersWrote.get()?.["data_version"];
  }

  /** All items in one transaction with one sync. @throws StoreBroken */
  run(items: readonly Item[]): readonly Settled[] {
    try {
      return this.#transact(items);
    } catch (error) {
      throwIfBroken(error);
      return items.map((item) => this.#transactAlone(item));
    }
  }

  #transact(items: readonly Item[]): Settled[] {
    const db = this.#db;
    const counters = this.#counters;
    db.exec("begin immediate");
    let before = { ...counters };
    try {
      this.#catchUp();
      before = { ...counters };
      const batch = openBatch(counters);
      const settled = items.map((item) => ({ outcome: this.#finish(carryOut(batch, item)) }));
      this.#finish(writeBatch(batch));
      db.exec("commit");
      return settled;
    } catch (error) {
      Object.assign(counters, before);
      if (db.isTransaction) db.exec("rollback");
      throw error;
    }
  }

  /** A process that was stopped, and taken over beneath the folder's lock, numbers on from what that one wrote. */
  #catchUp(): void {
    const version = this.#othersWrote.get()?.["data_version"];
    if (version === this.#dataVersion) return;
    this.#dataVersion = version;
    Object.assign(this.#counters, this.#read(this.#db));
  }

  /** One item of the batch ran into an error: each is carried out alone, so that it fails alone. */
  #transactAlone(item: Item): Settled {
    try {
      return this.#transact([item])[0] as Settled;
    } catch (error) {
      throwIfBroken(error);
      const message = error instanceof Error ? error.message : String(error);
      return { error: message, conflict: isConflict(error) };
    }
  }

  #finish<Result>(protocol: Protocol<Result>): Result {
    let step = protocol.next();
    while (step.done !== true) {
      const { statement, parameters } = step.value;
      const ready = this.#prepare(statement);
      const values = parameters as SQLInputValue[];
      const answer = statement.reads ? ready.all(...values) : Number(ready.run(...values).changes);
      step = protocol.next(answer);
    }
    return step.value;
  }

  #prepare(statement: Statement): StatementSync {
    let found = this.#prepared.get(statement);
    if (found === undefined) {
      if (this.#prepared.size >= MOST_PREPARED) this.#prepared.clear();
      found = this.#db.prepare(statement.sql);
      this.#prepared.set(statement, found);
    }
    return found;
  }
}

const CONSTRAINT = 19;

function isConflict(error: unknown): boolean {
  return primaryCode(error) === CONSTRAINT;
}

function throwIfBroken(error: unknown): void {
  const fault = storeFault(error);
  if (fault !== undefined) throw new StoreBroken(fault.message, fault.suggestion);
}
