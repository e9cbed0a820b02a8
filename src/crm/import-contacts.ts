/**
 * Contacts from a CSV file. The file is read as a whole before anything is written, so one that cannot
 * be used changes nothing; then good rows go in by the chunk, each chunk in one transaction, and each
 * row with its company and tags or not at all. Whoever changes the same contacts meanwhile makes the
 * chunk decide again.
 */
import { setImmediate } from "node:timers/promises";

import { Fault } from "#domain/fault.ts";
import type { Store } from "#store/store.ts";

import type { Change } from "./change.ts";
import { type CsvRow, decodeCsv, readCsv } from "./csv.ts";
import { customFields } from "./custom-fields.ts";
import { type Columns, readHeader } from "./import-columns.ts";
import { type Draft, isProblem, mergeDrafts, readRow, type RowProblem } from "./import-rows.ts";
import { planChunk } from "./import-writes.ts";

export interface ImportOptions {
  /** What becomes of a row whose address is here already; `update` unless it is said. */
  readonly existing?: "update" | "skip" | undefined;
  readonly zone?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ImportReport {
  readonly imported: number;
  readonly updated: number;
  readonly skipped: number;
  /** Rows that were left out, at most `MOST_ERRORS` of them; `errorCount` counts all. */
  readonly errors: readonly RowProblem[];
  readonly errorCount: number;
  /** Columns that were left out, and what else a person should know. */
  readonly warnings: readonly string[];
}

export const LARGEST_FILE = 25 * 1024 * 1024;
export const MOST_ROWS = 100_000;
const MOST_ERRORS = 1000;
const CHUNK = 250;
const MOST_TRIES = 5;

/** @throws Fault `too_large`; `invalid` for what is no CSV file or has no usable header; `canceled`. */
export async function importContacts(
  store: Store,
  change: Change,
  file: string | Uint8Array,
  options: ImportOptions = {},
): Promise<ImportReport> {
  refuseSize(file);
  const { rows, problems } = await readCsv(decodeCsv(file));
  const [header, ...body] = rows;
  if (header === undefined)
    throw new Fault("invalid", "The file holds no rows", { happened: "no" });
  if (body.length > MOST_ROWS) throw tooMany(body.length);
  const defined = await customFields(store).all(change.ws);
  const columns = readHeader(header.cells, defined);
  const read = await readRows(body, columns, change, options);
  const done = await writeDrafts(store, change, read.drafts, options);
  const errors = [...problems, ...read.problems].toSorted((a, b) => a.line - b.line);
  return {
    imported: done.imported,
    updated: done.updated + read.merged,
    skipped: done.skipped + read.skipped,
    errors: errors.slice(0, MOST_ERRORS),
    errorCount: errors.length,
    warnings: columns.warnings,
  };
}

function refuseSize(file: string | Uint8Array): void {
  if (file.length <= LARGEST_FILE) return;
  const most = `${LARGEST_FILE / 1024 / 1024} MB`;
  throw new Fault("too_large", `The file is larger than ${most}`, {
    suggestion: `Split it into files of at most ${most}`,
    happened: "no",
  });
}

function tooMany(rows: number): Fault {
  return new Fault("too_large", `The file has ${rows} rows; at most ${MOST_ROWS} go in at once`, {
    suggestion: `Split it into files of at most ${MOST_ROWS} rows`,
    happened: "no",
  });
}

interface ReadRows {
  readonly drafts: readonly Draft[];
  readonly problems: readonly RowProblem[];
  /** Rows of somebody who stands further up in the file. */
  readonly merged: number;
  readonly skipped: number;
}

async function readRows(
  rows: readonly CsvRow[],
  columns: Columns,
  change: Change,
  { existing = "update", zone = "UTC" }: ImportOptions,
): Promise<ReadRows> {
  const read: Draft[] = [];
  const problems: RowProblem[] = [];
  for (const [index, row] of rows.filter(holdsSomething).entries()) {
    if (index % CHUNK === CHUNK - 1) await setImmediate();
    const draft = readRow(row, columns, { now: change.at, zone });
    if (isProblem(draft)) problems.push(draft);
    else read.push(draft);
  }
  const drafts = oneForEach(read, existing);
  const repeats = read.length - drafts.length;
  const [merged, skipped] = existing === "update" ? [repeats, 0] : [0, repeats];
  return { drafts, problems, merged, skipped };
}

/** One draft for each person, however many rows are about them. */
function oneForEach(read: readonly Draft[], existing: "update" | "skip"): readonly Draft[] {
  const drafts = new Map<string, Draft>();
  for (const draft of read) {
    const key = draft.key ?? `line ${draft.line}`;
    const earlier = drafts.get(key);
    if (earlier === undefined) drafts.set(key, draft);
    else if (existing === "update") drafts.set(key, mergeDrafts(earlier, draft));
  }
  return [...drafts.values()];
}

/** Spreadsheets save rows of nothing but delimiters. */
function holdsSomething({ cells }: CsvRow): boolean {
  return cells.some((cell) => cell.trim() !== "");
}

interface Counts {
  readonly imported: number;
  readonly updated: number;
  readonly skipped: number;
}

async function writeDrafts(
  store: Store,
  change: Change,
  drafts: readonly Draft[],
  options: ImportOptions,
): Promise<Counts> {
  const total = { imported: 0, updated: 0, skipped: 0 };
  for (let at = 0; at < drafts.length; at += CHUNK) {
    if (options.signal?.aborted === true) throw stopped(at, drafts.length);
    const counts = await writeChunk(store, change, drafts.slice(at, at + CHUNK), options);
    total.imported += counts.imported;
    total.updated += counts.updated;
    total.skipped += counts.skipped;
  }
  return total;
}

function stopped(done: number, all: number): Fault {
  const message = `The import was stopped: ${done} of ${all} contacts are in`;
  return new Fault("canceled", message, { suggestion: "Import the file again to go on" });
}

async function writeChunk(
  store: Store,
  change: Change,
  chunk: readonly Draft[],
  { existing = "update" }: ImportOptions,
): Promise<Counts> {
  for (let attempt = 1; ; attempt += 1) {
    const { writes, ...counts } = await planChunk(store, change, chunk, existing);
    try {
      await store.write(writes);
      return counts;
    } catch (error) {
      if (!isOvertaken(error) || attempt === MOST_TRIES) throw error;
    }
  }
}

/** Somebody made or changed one of these contacts between our reading and our writing. */
function isOvertaken(error: unknown): boolean {
  return error instanceof Fault && (error.code === "stale" || error.code === "conflict");
}
