/**
 * A file of people's own as rows with their lines. Files come from spreadsheets: with a BOM or not, in
 * UTF-8, UTF-16 or a Windows code page, with commas, semicolons or tabs. A row that cannot be read is
 * named and the ones after it are read all the same.
 */
import { finished } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";

import { parse } from "csv-parse";

import { Fault } from "#domain/fault.ts";

export interface CsvRow {
  /** Where it begins: the header is line 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvProblem {
  readonly line: number;
  readonly message: string;
}

export interface CsvFile {
  readonly rows: readonly CsvRow[];
  readonly problems: readonly CsvProblem[];
}

/** @throws Fault `invalid` for what is no text, or none that could be a table. */
export function decodeCsv(file: string | Uint8Array): string {
  const text = (typeof file === "string" ? file : decode(file)).replace(/^\uFEFF/, "");
  if (text.trim() === "") throw new Fault("invalid", "The file is empty", { happened: "no" });
  if (text.includes("\u0000") || text.startsWith("PK\u0003\u0004")) {
    throw new Fault("invalid", "This is not a CSV file", {
      suggestion: "Save the spreadsheet as CSV (UTF-8) and import that file",
      happened: "no",
    });
  }
  return text;
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes); // what Excel saves as plain CSV
  }
}

const DELIMITERS = [",", ";", "\t", "|"] as const;

/** The one that divides the first line most often, quotes aside. */
function delimiterOf(text: string): string {
  const [line = ""] = text.replaceAll(/"[^"]*"/g, "").split(/\r\n|\n|\r/, 1);
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

/** A wrong quote may swallow the rows behind it, so reading begins again after its line: this often at most. */
const MOST_RESTARTS = 1000;

export async function readCsv(text: string): Promise<CsvFile> {
  const delimiter = delimiterOf(text);
  const lines = text.split(/\r\n|\n|\r/);
  const rows: CsvRow[] = [];
  const problems: CsvProblem[] = [];
  let before = 0;
  while (before < lines.length) {
    const pass = await readPass(lines, before, delimiter);
    rows.push(...pass.rows);
    if (pass.broken === undefined) break;
    problems.push(pass.broken);
    before = pass.broken.line;
    if (problems.length < MOST_RESTARTS) continue;
    problems.push({ line: before + 1, message: "Too many broken quotes: not read on from here" });
    break;
  }
  return { rows, problems };
}

interface Pass {
  readonly rows: readonly CsvRow[];
  /** The row at which this pass ended. */
  readonly broken?: CsvProblem;
}

/** Reads the lines behind the first `before` ones, up to a row whose quotes are wrong. */
async function readPass(
  lines: readonly string[],
  before: number,
  delimiter: string,
): Promise<Pass> {
  const rows: CsvRow[] = [];
  let last = before;
  let broken: CsvProblem | undefined;
  const parser = parse({
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    record_delimiter: "\n",
    on_record: (cells: readonly string[], info) => {
      if (broken !== undefined) return null;
      const inside = cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
      last = before + info.lines;
      rows.push({ line: last - inside, cells });
      return null; // they are kept here, where their lines are known
    },
    on_skip: (error) => {
      const start = lines.findIndex((line, at) => at >= last && line !== "");
      broken ??= { line: start + 1, message: explain(error?.code) };
    },
  });
  for (const slice of slices(lines, before)) {
    parser.write(slice);
    await setImmediate();
    if (broken !== undefined) break;
  }
  parser.end();
  await finished(parser.resume());
  return broken === undefined ? { rows } : { rows, broken };
}

function explain(code: string | undefined): string {
  return code === "CSV_QUOTE_NOT_CLOSED"
    ? "A quote is opened and never closed"
    : "A quote stands in the middle of a cell, or is not doubled";
}

const SLICE = 500;

/** Piece by piece, so that a large file does not hold the thread. */
function* slices(lines: readonly string[], from: number): Generator<string> {
  for (let at = from; at < lines.length; at += SLICE) {
    const slice = lines.slice(at, at + SLICE).join("\n");
    yield at + SLICE < lines.length ? `${slice}\n` : slice;
  }
}
