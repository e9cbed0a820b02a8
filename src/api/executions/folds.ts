import type { Ledger } from "#ledger/ledger.ts";

import { entriesBetween } from "../live/reads.ts";
import { emptyFold, type Fold, foldEntry } from "./fold.ts";

export interface Folds {
  /** As far as its facts have come now. */
  readonly of: (no: number) => Promise<Fold>;
}

/** Someone who watches a run asks again and again, so what was folded is kept and only new facts are read. */
const MOST_KEPT = 30;
const PAGE = 5000;

export function openFolds(ledger: Ledger): Folds {
  const kept = new Map<number, Promise<Fold>>();
  return {
    of: (no) => {
      const before = kept.get(no) ?? Promise.resolve(emptyFold());
      // One after another: two askers must not fold the same facts twice into one fold.
      const now = before.then((fold) => foldOn(ledger, no, fold));
      kept.delete(no);
      kept.set(no, now);
      now.catch(() => kept.delete(no));
      for (const oldest of kept.keys()) {
        if (kept.size <= MOST_KEPT) break;
        kept.delete(oldest);
      }
      return now;
    },
  };
}

async function foldOn(ledger: Ledger, no: number, fold: Fold): Promise<Fold> {
  for (;;) {
    const entries = await entriesBetween(ledger, no, fold.position, Number.MAX_SAFE_INTEGER, PAGE);
    for (const entry of entries) foldEntry(fold, entry);
    if (entries.length < PAGE) return fold;
  }
}
