/** A connection that only reads, for whichever thread: what it loads is little. */
import { DatabaseSync } from "node:sqlite";

import { defineFunctions } from "./sqlite-functions.ts";

/** Writing through it fails. */
export function openReading(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  db.exec("pragma query_only = on");
  db.exec("pragma cache_size = -16384");
  db.exec("pragma busy_timeout = 5000");
  defineFunctions(db);
  return db;
}
