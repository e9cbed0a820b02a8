/**
 * What a batch collects while its items are carried out: rows that only ever get added and cannot be
 * refused. They are written at its end, many to a statement, which is what makes appends cheap.
 */
import type { SqlValue } from "#store/store.ts";

import { changing, type Protocol, type Statement } from "../statement.ts";
import type { Counters } from "./counters.ts";
import { Fold } from "./fold.ts";

/** Rows for one table, each as long as `width`. */
interface Bulk {
  readonly width: number;
  readonly one: Statement;
  readonly many: Statement;
  readonly values: SqlValue[];
}

const ROWS_AT_ONCE = 24;

export interface BulkTable {
  readonly width: number;
  readonly one: Statement;
  readonly many: Statement;
}

function bulkTable(table: string, columns: readonly string[]): BulkTable {
  const row = `(${columns.map(() => "?").join(",")})`;
  const insert = (rows: number): Statement =>
    changing(
      `insert into ${table} (${columns.join(", ")}) values ${Array.from({ length: rows }, () => row).join(",")}`,
    );
  return { width: columns.length, one: insert(1), many: insert(ROWS_AT_ONCE) };
}

const FACTS = bulkTable("facts", [
  "position",
  "no",
  "lane",
  "version",
  "count",
  "v",
  "epoch",
  "at",
  "data",
]);
const PAYLOADS = bulkTable("payloads", ["no", "lane", "version", "part", "subject", "body"]);
const EXECUTIONS = bulkTable("executions", [
  "no",
  "id",
  "ws",
  "kind",
  "agent",
  "target",
  "driver",
  "driver_version",
  "state",
  "version",
  "epoch",
  "trigger",
  "label",
  "parent_no",
  "created_at",
  "started_at",
  "ended_at",
  "waited_ms",
  "steps",
  "retries",
  "warnings",
  "error_code",
  "figures",
  "cost",
  "cost_unknown",
  "tokens",
]);

const LIVE = bulkTable("live", [
  "no",
  "lane",
  "id",
  "ws",
  "kind",
  "agent",
  "target",
  "driver",
  "driver_version",
  "state",
  "epoch",
  "owner",
  "incarnation",
  "wake",
  "ready_at",
  "trigger",
  "label",
  "parent_no",
  "created_at",
  "started_at",
]);

export interface Batch {
  readonly counters: Counters;
  /** Executions that were created; written earlier where an item looks at all that are open. */
  readonly live: SqlValue[];
  readonly facts: SqlValue[];
  readonly payloads: SqlValue[];
  readonly executions: SqlValue[];
  readonly fold: Fold;
}

export function openBatch(counters: Counters): Batch {
  return { counters, live: [], facts: [], payloads: [], executions: [], fold: new Fold() };
}

/** How far a batch had come, so that an item which is refused late can be taken out of it again. */
export interface Mark {
  readonly position: number;
  readonly live: number;
  readonly facts: number;
  readonly payloads: number;
}

export function markOf({ counters, live, facts, payloads }: Batch): Mark {
  const { position } = counters;
  return { position, live: live.length, facts: facts.length, payloads: payloads.length };
}

export function backTo(batch: Batch, mark: Mark): void {
  batch.counters.position = mark.position;
  batch.live.length = mark.live;
  batch.facts.length = mark.facts;
  batch.payloads.length = mark.payloads;
}

/** To be done before a statement that may look at executions which this very batch has created. */
export function* writeLive(batch: Batch): Protocol<void> {
  if (batch.live.length > 0) yield* writeRows({ ...LIVE, values: batch.live.splice(0) });
}

/** To be done before a statement that may look at payloads of this very batch. */
export function* writePayloads(batch: Batch): Protocol<void> {
  yield* writeRows({ ...PAYLOADS, values: batch.payloads.splice(0) });
}

/** To be done before a statement that may look at executions which this very batch has ended. */
export function* writeExecutions(batch: Batch): Protocol<void> {
  yield* writeRows({ ...EXECUTIONS, values: batch.executions.splice(0) });
}

export function* writeBatch(batch: Batch): Protocol<void> {
  yield* writeLive(batch);
  yield* writeRows({ ...FACTS, values: batch.facts });
  yield* writePayloads(batch);
  yield* writeExecutions(batch);
  yield* batch.fold.write();
}

function* writeRows({ width, one, many, values }: Bulk): Protocol<void> {
  const large = width * ROWS_AT_ONCE;
  let at = 0;
  for (; at + large <= values.length; at += large) {
    yield { statement: many, parameters: values.slice(at, at + large) };
  }
  for (; at < values.length; at += width) {
    yield { statement: one, parameters: values.slice(at, at + width) };
  }
}
