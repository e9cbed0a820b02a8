/** Compares what is kept with what the facts say, one execution at a time, and the sums at the end. */
import type { DatabaseSync } from "node:sqlite";

import {
  BASE_OF,
  COMPARED,
  differencesOf,
  project,
  type Compared,
  type DayOf,
  SUMMED,
  type Rows,
  type Sums,
  type Value,
} from "../rebuild.ts";
import type { Findings } from "./finding.ts";
import type { Streams } from "./streams.ts";

const isOfOne = ({ table }: Compared): boolean => !SUMMED.some((one) => one === table);
export const OF_ONE = COMPARED.filter(isOfOne);
export const OF_ALL = COMPARED.filter((compared) => !isOfOne(compared));

export function hasTable(db: DatabaseSync, name: string): boolean {
  return (
    db.prepare("select 1 from sqlite_schema where type = 'table' and name = ?").get(name) !==
    undefined
  );
}

/** What was pruned still counts. */
function openSums(db: DatabaseSync): Sums {
  const base = (summed: keyof Sums): Rows => {
    const compared = OF_ALL.find((one) => one.table === summed);
    const table = BASE_OF[summed];
    return compared !== undefined && hasTable(db, table)
      ? keyed(compared, db.prepare(`select * from ${table}`).iterate())
      : new Map();
  };
  return { rollups: base("rollups"), sketches: base("sketches"), totals: base("totals") };
}

export class Comparing {
  readonly sums: Sums;
  /** Executions whose rows are not what their facts say. */
  readonly wrong = new Set<number>();
  readonly #db: DatabaseSync;
  readonly #findings: Findings;
  readonly #dayOf: DayOf;
  readonly #kept: ReadonlyMap<Compared, (no: number) => Rows>;

  constructor(db: DatabaseSync, findings: Findings, dayOf: DayOf) {
    this.#db = db;
    this.#findings = findings;
    this.#dayOf = dayOf;
    this.sums = openSums(db);
    this.#kept = new Map(OF_ONE.map((compared) => [compared, keptOf(db, compared)]));
  }

  /** One execution whose streams are whole. */
  compare({ no, entries }: Streams): void {
    const rebuilt = project(entries, this.#dayOf, this.sums);
    for (const [compared, keptOfNo] of this.#kept) {
      const differences = differencesOf(compared.table, keptOfNo(no), rebuilt[compared.table]);
      for (const difference of differences) {
        this.wrong.add(no);
        this.#findings.add("wrong_row", difference);
      }
    }
  }

  /** Rows of executions that have no facts at all, but those whose last rows are yet to be deleted. */
  compareFactless(leaving: ReadonlySet<number>): void {
    for (const { table } of OF_ONE) {
      const rows = this.#db
        .prepare(
          `select distinct no from ${table} where not exists (select 1 from facts where facts.no = ${table}.no)`,
        )
        .all() as { readonly no: number }[];
      for (const { no } of rows) {
        if (leaving.has(no)) continue;
        this.wrong.add(no);
        this.#findings.add("wrong_row", `${table} ${no} has no facts`);
      }
    }
  }

  /** To be asked when every execution was compared, and each was whole. */
  compareSums(): boolean {
    const differences = OF_ALL.flatMap((compared) => {
      const kept = keyed(compared, this.#db.prepare(`select * from ${compared.table}`).iterate());
      return differencesOf(compared.table, kept, this.sums[compared.table as keyof Sums]);
    });
    for (const difference of differences) this.#findings.add("wrong_sum", difference);
    return differences.length > 0;
  }
}

/** A table's rows of one execution. */
export function keptOf(db: DatabaseSync, compared: Compared): (no: number) => Rows {
  const statement = db.prepare(`select * from ${compared.table} where no = ?`);
  return (no) => keyed(compared, statement.iterate(no));
}

function keyed({ keys, columns }: Compared, rows: Iterable<unknown>): Rows {
  const found: Rows = new Map();
  for (const row of rows as Iterable<Readonly<Record<string, Value>>>) {
    const kept = columns.map((column) => [column, row[column] ?? null] as const);
    found.set(keys.map((key) => row[key]).join("/"), Object.fromEntries(kept));
  }
  return found;
}
