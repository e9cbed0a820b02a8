/** The reading thread: a connection of its own that answers chunk by chunk, each when it is asked for. */
import type { StatementSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";

import type { SqlValue } from "../store.ts";
import { openReading } from "./sqlite-reading.ts";

export type ToReader =
  /** `most`: how many rows make a chunk; null: all of them are one. */
  | {
      readonly type: "open";
      readonly id: number;
      readonly sql: string;
      readonly parameters: readonly SqlValue[];
      readonly most: number | null;
    }
  | { readonly type: "more" | "leave"; readonly id: number };

/** Rows travel as bare values: cloning an object costs by its keys, and those are the same in each. */
export interface Chunk {
  readonly columns: readonly string[];
  readonly values: readonly (readonly SqlValue[])[];
  readonly done: boolean;
}
export type FromReader = { readonly id: number } & (
  | { readonly chunk: Chunk }
  | { readonly error: string }
);

interface Cursor {
  readonly columns: readonly string[];
  readonly rows: Iterator<readonly SqlValue[], unknown>;
  readonly most: number;
}

if (parentPort === null) throw new Error("the reader runs as a worker thread");
const port = parentPort;
const db = openReading(workerData as string);
const open = new Map<number, Cursor>();

function cursorOf({ sql, parameters, most }: Extract<ToReader, { readonly type: "open" }>): Cursor {
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  return {
    columns: statement.columns().map(({ name }) => name),
    rows: iterate(statement, parameters),
    most: most ?? Number.POSITIVE_INFINITY,
  };
}

function iterate(
  statement: StatementSync,
  parameters: readonly SqlValue[],
): Iterator<readonly SqlValue[], unknown> {
  return statement.iterate(...parameters) as unknown as Iterator<readonly SqlValue[], unknown>;
}

function take({ columns, rows, most }: Cursor): Chunk {
  const values: (readonly SqlValue[])[] = [];
  while (values.length < most) {
    const next = rows.next();
    if (next.done === true) return { columns, values, done: true };
    values.push(next.value);
  }
  return { columns, values, done: false };
}

/** An open statement holds the log back, so one that nobody reads on is let go. */
function leave(id: number): void {
  open.get(id)?.rows.return?.();
  open.delete(id);
}

function answer(message: ToReader): FromReader | undefined {
  const { id } = message;
  try {
    if (message.type === "leave") leave(id);
    else if (message.type === "open") open.set(id, cursorOf(message));
    const cursor = open.get(id);
    if (cursor === undefined) return undefined;
    const chunk = take(cursor);
    if (chunk.done) open.delete(id);
    return { id, chunk };
  } catch (error) {
    open.delete(id);
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

port.on("message", (message: ToReader) => {
  const said = answer(message);
  if (said !== undefined) port.postMessage(said);
});
