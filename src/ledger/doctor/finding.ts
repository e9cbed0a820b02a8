/** What can be wrong with a store, in words; and what can be done about it. */

interface Meaning {
  readonly todo: string;
  /** Whether `mend` can put it right: what is derived from facts can be derived again. */
  readonly mendable: boolean;
}

const FROM_A_BACKUP =
  "Restore the last backup with `stint restore`; keep this folder until it runs";
const MENDED = "`stint doctor --repair` derives it again from the facts";
const LOOKED_AT = "`stint doctor --repair` has it looked at again";

export const FINDINGS = {
  /** SQLite itself says so, or cannot read a page. */
  damaged_file: { todo: FROM_A_BACKUP, mendable: false },
  damaged_log: {
    todo: "Restore the last backup; or `stint doctor --repair` goes on without what cannot be reached",
    mendable: true,
  },
  damaged_index: {
    todo: "Stop Stint and delete search.db: it is made again at the next start",
    mendable: false,
  },
  /** The facts of a stream have a hole, overlap, or go back in time. */
  broken_stream: { todo: FROM_A_BACKUP, mendable: false },
  /** A row of a projection is not what its facts say. */
  wrong_row: { todo: MENDED, mendable: true },
  wrong_sum: { todo: MENDED, mendable: true },
  /** Nobody will ever look at it again. */
  stuck: { todo: LOOKED_AT, mendable: true },
  /** Held by a process that is no more. */
  dead_claim: {
    todo: "The next start of Stint takes it over, or `stint doctor --repair`",
    mendable: true,
  },
  orphaned_guard: { todo: "`stint doctor --repair` gives it back", mendable: true },
  orphaned_inbox: { todo: "`stint doctor --repair` clears it", mendable: true },
} as const satisfies Record<string, Meaning>;

export type FindingKind = keyof typeof FINDINGS;

export interface Finding {
  readonly kind: FindingKind;
  /** Ids, numbers and codes only, never people's data. */
  readonly what: string;
}

/** Of each kind so many are named; of more only the number is told. */
const MOST_NAMED = 100;

export class Findings {
  readonly named: Finding[] = [];
  readonly counts = new Map<FindingKind, number>();

  add(kind: FindingKind, what: string): void {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    if (count <= MOST_NAMED) this.named.push({ kind, what });
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }
}
