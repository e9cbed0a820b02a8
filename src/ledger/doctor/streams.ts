/** Reads the facts execution by execution, so that no more than one is in memory, and looks whether its streams are whole. */
import type { DatabaseSync } from "node:sqlite";

import type { Entry } from "../ledger.ts";
import { COLUMNS, entryOf, type ReadRow } from "../reads.ts";
import type { Findings } from "./finding.ts";

export interface Streams {
  readonly no: number;
  /** By lane, and in each by version. */
  readonly entries: readonly Entry[];
  /** Every one begins at its beginning and has no hole. */
  readonly whole: boolean;
}

interface Row extends ReadRow {
  readonly no: number;
  readonly lane: number;
  readonly version: number;
  readonly count: number;
  readonly position: number;
  readonly at: number;
}

/** Every execution that has facts, in the order of their numbers, but those that are being deleted part by part. */
export function* readStreams(
  db: DatabaseSync,
  findings: Findings,
  leaving: ReadonlySet<number>,
): Generator<Streams> {
  const rows = db
    .prepare(`select ${COLUMNS}, count from facts order by no, lane, version`)
    .iterate() as Iterable<Row>;
  let of: Row[] = [];
  for (const row of rows) {
    if (leaving.has(row.no)) continue;
    const [first] = of;
    if (first !== undefined && first.no !== row.no) {
      yield streamsOf(first.no, of, findings);
      of = [];
    }
    of.push(row);
  }
  const [first] = of;
  if (first !== undefined) yield streamsOf(first.no, of, findings);
}

function streamsOf(no: number, rows: readonly Row[], findings: Findings): Streams {
  const entries: Entry[] = [];
  let whole = true;
  let before: Row | undefined;
  for (const row of rows) {
    const wrong = problemWith(row, before?.lane === row.lane ? before : undefined);
    const entry = readEntry(row);
    const what = wrong ?? (typeof entry === "string" ? entry : undefined);
    if (what !== undefined) {
      whole = false;
      findings.add("broken_stream", `execution ${no}, lane ${row.lane}: ${what}`);
    }
    if (typeof entry !== "string") entries.push(entry);
    before = row;
  }
  return { no, entries, whole };
}

function problemWith(
  { version, count, position, at }: Row,
  before: Row | undefined,
): string | undefined {
  const from = before?.version ?? 0;
  const first = version - count + 1;
  if (first !== from + 1) {
    return first > from + 1
      ? `facts ${from + 1} to ${first - 1} are missing`
      : `facts ${first} to ${from} are there twice`;
  }
  if (before === undefined) return undefined;
  if (position - count < before.position)
    return `fact ${version} stands before fact ${from} in the ledger`;
  return at < before.at ? `fact ${version} is older than fact ${from}` : undefined;
}

/** The entry, or why it cannot be read. */
function readEntry(row: Row): Entry | string {
  try {
    const entry = entryOf(row);
    if (entry.facts.length === row.count) return entry;
    return `fact ${row.version} stands for ${row.count} and holds ${entry.facts.length}`;
  } catch {
    return `fact ${row.version} cannot be read`;
  }
}

/** Positions are given once: two appends that share one would be told to a follower as one. */
export function checkPositions(db: DatabaseSync, findings: Findings): void {
  const rows = db
    .prepare(
      `select position, before from
         (select position, count, lag(position) over (order by position) as before from facts)
       where position - count < before`,
    )
    .iterate() as Iterable<{ readonly position: number; readonly before: number }>;
  for (const { position, before } of rows)
    findings.add("broken_stream", `the append at position ${position} overlaps that at ${before}`);
}
