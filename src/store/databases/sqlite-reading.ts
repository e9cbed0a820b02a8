/** A connection that only reads, for whichever thread: what it loads is little. */
import type { DatabaseSync } from "node:sqlite";

import { defineFunctions } from "./sqlite-functions.ts";
import { openPlain } from "./sqlite.ts";

/** Writing through it fails. */
export function openReading(path: string): DatabaseSync {
  const db = openPlain(path);
  defineFunctions(db);
  return db;
}
