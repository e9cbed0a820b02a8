/**
 * One database, whichever it is. Reads are Kysely queries on a read-only connection of the caller's
 * thread; writes are compiled statements that the one writer executes, all or none, in its next
 * transaction. Nobody else writes, so nobody waits for a lock.
 */
import type { Kysely } from "kysely";

import type { Tables } from "./tables.ts";

export type SqlValue = string | number | bigint | null | Uint8Array;

/** A statement for the writer: `compiled(query)` makes one from a Kysely query. */
export interface Write {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
  /**
   * How many rows it must change; with another number the whole group is undone and the caller gets
   * the fault `stale`: what it had read is no longer so, and it must decide again.
   */
  readonly expect?: number;
}

export interface Store {
  /** For reading only: a statement that writes fails on this connection. */
  readonly db: Kysely<Tables>;
  /** The same for reads over many rows: they run elsewhere, so that nobody waits for them. */
  readonly heavy: Kysely<Tables>;
  /**
   * All of them in one transaction, or none; answered once they are synced to disk.
   * @throws Fault `stale` when a statement changed another number of rows than expected,
   *   `conflict` when a unique value is already taken.
   */
  readonly write: (writes: readonly Write[]) => Promise<void>;
}

interface Compilable {
  readonly compile: () => { readonly sql: string; readonly parameters: readonly unknown[] };
}

/** A Kysely insert, update or delete as a write. Parameters must already be SQL values. */
export function compiled(query: Compilable, expect?: number): Write {
  const { sql, parameters } = query.compile();
  const plain = parameters.map(sqlValue);
  return expect === undefined ? { sql, parameters: plain } : { sql, parameters: plain, expect };
}

function sqlValue(value: unknown): SqlValue {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  if (typeof value === "bigint" || value instanceof Uint8Array) return value;
  throw new TypeError(`not a value that SQL can hold: ${typeof value}`);
}
