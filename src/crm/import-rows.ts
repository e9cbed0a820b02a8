import { fold } from "#domain/comparing.ts";
import type { Moment } from "#domain/conditions.ts";
import { Fault } from "#domain/fault.ts";

import type { CsvRow } from "./csv.ts";
import { keyOfAddress } from "./email-address.ts";
import type { Found } from "./field-names.ts";
import { readValue, type Stored } from "./field-values.ts";
import type { Column, Columns } from "./import-columns.ts";
import { tagNames } from "./tags.ts";

/** A row that can become a contact as a whole. */
export interface Draft {
  readonly line: number;
  readonly key: string | undefined;
  readonly columns: Readonly<Record<string, Stored>>;
  readonly custom: Readonly<Record<string, Stored>>;
  readonly tags: readonly string[];
  /** Columns of the company it belongs to: its name, and what a new one begins with. */
  readonly company: Readonly<Record<string, Stored>> | undefined;
}

export interface RowProblem {
  readonly line: number;
  readonly column?: string;
  readonly message: string;
}

/** A row is whole or it is not taken: the first thing that cannot be read is named. */
export function readRow(row: CsvRow, columns: Columns, moment: Moment): Draft | RowProblem {
  const { line, cells } = row;
  if (cells.length !== columns.width) {
    const cellsOf = (count: number): string => `${count} ${count === 1 ? "cell" : "cells"}`;
    const header = `where the header names ${columns.width}`;
    return { line, message: `The row has ${cellsOf(cells.length)} ${header}` };
  }
  let reading: Reading = {
    line,
    columns: {},
    custom: {},
    company: {},
    tags: [],
    problem: undefined,
  };
  for (const column of columns.columns) reading = take(reading, column, cells, moment);
  return finish(reading);
}

interface Reading {
  readonly line: number;
  readonly columns: Record<string, Stored>;
  readonly custom: Record<string, Stored>;
  readonly company: Record<string, Stored>;
  readonly tags: readonly string[];
  readonly problem: RowProblem | undefined;
}

/** An empty cell says nothing: what a known contact has there stays. */
function take(
  reading: Reading,
  { index, header, target }: Column,
  cells: readonly string[],
  moment: Moment,
): Reading {
  const cell = cells[index]?.trim() ?? "";
  if (cell === "" || reading.problem !== undefined) return reading;
  const refuse = (message: string): Reading => {
    return { ...reading, problem: { line: reading.line, column: header, message } };
  };
  if (target.to === "tags") return takeTags(reading, cell, refuse);
  if (target.to === "name") return takeName(reading, cell);
  const read = readValue(target.found, cell, moment);
  if ("problem" in read) return refuse(read.problem);
  const into = target.to === "company" ? reading.company : reading.columns;
  store(into, reading.custom, target.found, read.value);
  return reading;
}

/** A whole name fills what columns of its parts leave open. */
function takeName(reading: Reading, cell: string): Reading {
  const [first = "", ...rest] = cell.split(/\s+/);
  const parts =
    rest.length === 0 ? { first_name: first } : { first_name: first, last_name: rest.join(" ") };
  return { ...reading, columns: { ...parts, ...reading.columns } };
}

function store(
  columns: Record<string, Stored>,
  custom: Record<string, Stored>,
  { field, custom: defined }: Found,
  value: Stored,
): void {
  if (defined !== undefined) custom[defined.name] = value;
  else if (field !== undefined) columns[field.column] = value;
}

function takeTags(reading: Reading, cell: string, refuse: (message: string) => Reading): Reading {
  const words = cell.split(/[;,|]/).map((word) => word.trim());
  try {
    return { ...reading, tags: tagNames(words.filter((word) => word !== "")) };
  } catch (error) {
    if (error instanceof Fault) return refuse(error.message);
    throw error;
  }
}

function finish({ line, columns, custom, company, tags, problem }: Reading): Draft | RowProblem {
  if (problem !== undefined) return problem;
  const { email, first_name, last_name } = columns;
  if (email === undefined && first_name === undefined && last_name === undefined) {
    return { line, message: "The row has neither an email address nor a name" };
  }
  return {
    line,
    key: typeof email === "string" ? keyOfAddress(email) : undefined,
    columns,
    custom,
    tags,
    company: company["name"] === undefined ? undefined : company,
  };
}

export function isProblem(row: Draft | RowProblem): row is RowProblem {
  return "message" in row;
}

/** What the later row says is laid over the earlier one of the same person. */
export function mergeDrafts(earlier: Draft, later: Draft): Draft {
  return {
    ...earlier,
    columns: { ...earlier.columns, ...later.columns },
    custom: { ...earlier.custom, ...later.custom },
    tags: [...new Map([...earlier.tags, ...later.tags].map((tag) => [fold(tag), tag])).values()],
    company: later.company ?? earlier.company,
  };
}
