/**
 * Looks a store over: whether its facts are whole, whether everything derived from them is as they say,
 * and whether somebody will look at whatever is open. It changes nothing, and reads one moment of the
 * store, so it can be done beside the process that has it.
 */
import type { DatabaseSync } from "node:sqlite";

import type { DayOf, Sums } from "../rebuild.ts";
import { Findings, type FindingKind } from "./finding.ts";
import { findLeftovers, type Leftovers } from "./leftovers.ts";
import { Comparing, hasTable } from "./projections.ts";
import { checkPositions, readStreams } from "./streams.ts";
import { Looking, type Untold } from "./stuck.ts";

export interface Diagnosis {
  readonly findings: Findings;
  readonly executions: number;
  readonly facts: number;
  /** What `mend` needs; undefined where the store cannot be read to its end. */
  readonly wrong: Wrong | undefined;
}

export interface Wrong extends Leftovers {
  /** Executions whose rows are to be derived again. */
  readonly executions: ReadonlySet<number>;
  /** The sums as the facts have them; undefined: they are right, or cannot be known. */
  readonly sums: Sums | undefined;
  readonly stuck: ReadonlyMap<number, ReadonlySet<number>>;
  readonly untold: readonly Untold[];
}

export interface Examining {
  /** Days as the store's workspaces count them. */
  readonly days: (db: DatabaseSync) => DayOf;
  /** Another process has the store. */
  readonly running: boolean;
}

export function examine(db: DatabaseSync, examining: Examining): Diagnosis {
  const findings = new Findings();
  db.exec("begin");
  try {
    checkFile(db, findings, "stint.db");
    return readAll(db, findings, examining);
  } catch (error) {
    findings.add("damaged_file", `stint.db cannot be read: ${messageOf(error)}`);
    return { findings, executions: 0, facts: 0, wrong: undefined };
  } finally {
    db.exec("rollback");
  }
}

/** What SQLite finds in the file itself. */
export function checkFile(
  db: DatabaseSync,
  findings: Findings,
  name: string,
  kind: FindingKind = "damaged_file",
): void {
  const rows = db.prepare("pragma integrity_check").all();
  for (const { integrity_check: said } of rows)
    if (said !== "ok") findings.add(kind, `${name} is damaged: ${String(said)}`);
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

function readAll(db: DatabaseSync, findings: Findings, { days, running }: Examining): Diagnosis {
  const comparing = new Comparing(db, findings, days(db));
  const looking = new Looking(db, findings);
  const leaving = nosBeingDeleted(db);
  let executions = 0;
  let facts = 0;
  let allWhole = true;
  for (const streams of readStreams(db, findings, leaving)) {
    executions += 1;
    for (const entry of streams.entries) facts += entry.facts.length;
    allWhole &&= streams.whole;
    if (!streams.whole) continue;
    comparing.compare(streams);
    looking.look(streams);
  }
  checkPositions(db, findings);
  comparing.compareFactless(leaving);
  const sums = allWhole && comparing.compareSums() ? comparing.sums : undefined;
  const leftovers = findLeftovers(db, findings, running);
  const { stuck, untold } = looking;
  return {
    findings,
    executions,
    facts,
    wrong: { ...leftovers, executions: comparing.wrong, sums, stuck, untold },
  };
}

/** Pruned executions leave in parts: until the last has gone, their facts speak of nobody. */
function nosBeingDeleted(db: DatabaseSync): ReadonlySet<number> {
  if (!hasTable(db, "pruning")) return new Set();
  return new Set(
    db
      .prepare("select no from pruning")
      .all()
      .map(({ no }) => Number(no)),
  );
}
