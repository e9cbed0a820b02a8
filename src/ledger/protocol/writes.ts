import type { Write } from "#store/store.ts";

import { changing, type Protocol, type Statement } from "../statement.ts";
import { backTo, markOf, writeLive, type Batch } from "./batch.ts";

const prepared = new Map<string, Statement>();
const MOST_PREPARED = 500;

function statementFor(sql: string): Statement {
  let statement = prepared.get(sql);
  if (statement === undefined) {
    if (prepared.size >= MOST_PREPARED) prepared.clear();
    statement = changing(sql);
    prepared.set(sql, statement);
  }
  return statement;
}

const SAVE = changing("savepoint item");
const UNDO = changing("rollback to item");
const KEEP = changing("release item");

/**
 * Runs `work` so that it changes all or nothing within the batch. Only items that change several
 * tables need it; the plain append does its one refusable statement first.
 */
export function* allOrNothing<Result>(
  batch: Batch,
  work: Protocol<Result>,
  holds: (result: Result) => boolean,
): Protocol<Result> {
  yield* writeLive(batch); // what others have created must not be undone with this
  const mark = markOf(batch);
  yield { statement: SAVE, parameters: [] };
  const result = yield* work;
  if (!holds(result)) {
    yield { statement: UNDO, parameters: [] };
    backTo(batch, mark);
  }
  yield { statement: KEEP, parameters: [] };
  return result;
}

/** Whether every write changed as many rows as it expects. */
export function* runWrites(writes: readonly Write[]): Protocol<boolean> {
  for (const { sql, parameters, expect } of writes) {
    const changed = yield { statement: statementFor(sql), parameters };
    if (expect !== undefined && changed !== expect) return false;
  }
  return true;
}
