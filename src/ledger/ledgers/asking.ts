import type { DatabaseSync, StatementSync } from "node:sqlite";

import type { Rows } from "../reads.ts";

/** Asks on this thread's own connection; a statement is prepared once. */
export function askingOn(db: DatabaseSync): Rows {
  const prepared = new Map<string, StatementSync>();
  return (sql, ...values) => {
    let statement = prepared.get(sql);
    if (statement === undefined) {
      statement = db.prepare(sql);
      prepared.set(sql, statement);
    }
    return statement.all(...values);
  };
}
