/** An execution as it stood at a moment of its history, folded from the facts of all its lanes up to there. */
import type { Moment } from "#contract/shapes/executions.ts";
import { createExecution, evolveAll, type Execution } from "#domain/execution.ts";
import type { CreatedFact } from "#domain/facts.ts";
import { Fault } from "#domain/fault.ts";
import type { Entry, Ledger } from "#ledger/ledger.ts";

import { entriesBetween } from "../live/reads.ts";
import { showTime } from "../times.ts";
import { type Ends, LAST_APPENDS } from "./ends.ts";
import { emptyFold, type Fold, foldEntry } from "./fold.ts";
import type { ExecutionRow } from "./rows.ts";
import { type Spent, spentBy } from "./spent.ts";

export interface Past {
  /** What lists would have shown of it. */
  readonly row: ExecutionRow;
  readonly ends: Ends;
  readonly fold: Fold;
  readonly spent: Spent;
  /** When the last of these facts was written. */
  readonly at: number;
}

/** @throws Fault `not_found` for a moment before its first fact */
export async function readPast(ledger: Ledger, row: ExecutionRow, moment: Moment): Promise<Past> {
  const entries = await entriesUpTo(ledger, row.no, moment);
  const [first] = entries;
  if (first === undefined) throw notYet(row);
  const at = entries.at(-1)?.at ?? first.at;
  const fold = emptyFold();
  for (const entry of entries) foldEntry(fold, entry);
  const own = entries.filter(({ lane }) => lane === 0);
  const created = first.facts[0] as CreatedFact;
  let execution = createExecution(created, first.at);
  for (const entry of own) execution = evolveAll(execution, entry.facts, entry.at);
  const ends = { created, latest: latestOf(own), latestAt: own.at(-1)?.at ?? at };
  return { row: rowThen(row, execution), ends, fold, spent: spentBy(execution, at), at };
}

function notYet({ id, createdAt }: ExecutionRow): Fault {
  return new Fault("not_found", `${id} was not there at that moment`, {
    suggestion: `It was created at ${showTime(createdAt)}; GET …/facts tells the position of each fact`,
  });
}

const latestOf = (own: readonly Entry[]): Ends["latest"] =>
  own.slice(-LAST_APPENDS).flatMap(({ facts }) => facts);

/** Only an ended execution's row holds what it came to. The mark of what is blocked is no history. */
function rowThen(row: ExecutionRow, execution: Execution): ExecutionRow {
  const { state, startedAt, endedAt, waitedMs, warnings, steps, figures, spending } = execution;
  const { pausedBy, driverVersion } = execution;
  const unmarked = { ...row, blocked: null, blockedSince: null };
  const then = { ...unmarked, state, startedAt, endedAt, pausedBy, driverVersion };
  return endedAt === null
    ? { ...then, waitedMs: null, warnings: 0, steps: 0, figures: {}, spending: null }
    : { ...then, waitedMs, warnings, steps, figures: figures ?? {}, spending };
}

const PAGE = 5000;

/** The appends of all lanes up to a moment, the last of them cut where it lies within. */
export async function entriesUpTo(
  ledger: Ledger,
  no: number,
  moment: Moment,
): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  for (let after = 0; ;) {
    const page = await entriesBetween(ledger, no, after, Number.MAX_SAFE_INTEGER, PAGE);
    for (const entry of page) {
      const facts = factsUpTo(entry, moment);
      if (facts.length > 0) found.push({ ...entry, facts });
      if (facts.length < entry.facts.length) return found;
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return found;
    after = last.position;
  }
}

/** An append is named by the position of its last fact. */
function factsUpTo({ position, at, facts }: Entry, moment: Moment): Entry["facts"] {
  if ("time" in moment) return at <= moment.time ? facts : [];
  const behind = position - moment.position;
  return behind <= 0 ? facts : facts.slice(0, Math.max(0, facts.length - behind));
}
