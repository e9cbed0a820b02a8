/** A conversation as it is read: round by round, each with what was asked, what was said and done, and how it ended. */
import type { InvocationRound } from "#contract/shapes/invocations.ts";

import type { Entry } from "./entries.ts";
import { closed, entriesOf } from "./fold.ts";
import type { Stretch } from "./stretch.ts";

export interface Section {
  readonly round: InvocationRound;
  /** Its beginning is loaded, so its prompt stands above. */
  readonly hasBeginning: boolean;
  /** Its end is loaded, so how it ended stands below. */
  readonly hasEnd: boolean;
  readonly entries: readonly Entry[];
}

/** Warnings that no entry tells: what Stint itself has to say of the round, and what is not loaded. */
export function untold(warnings: readonly string[], entries: readonly Entry[]): readonly string[] {
  const told = new Set(entries.flatMap((entry) => (entry.kind === "warning" ? [entry.text] : [])));
  return [...new Set(warnings)].filter((warning) => !told.has(warning));
}

/** @param isAtEnd whether everything so far is loaded. */
export function conversationOf(
  stretch: Stretch,
  rounds: readonly InvocationRound[],
  { isCommand, isAtEnd }: { readonly isCommand: boolean; readonly isAtEnd: boolean },
): readonly Section[] {
  const { first, next } = stretch;
  const byRound = Map.groupBy(stretch.placed, ({ round }) => round);
  const shown = rounds.filter(
    ({ number }) => number >= first.round && (isAtEnd || number <= next.round),
  );
  return shown.map((round) => {
    const entries = entriesOf(byRound.get(round.number) ?? [], isCommand, round.answers);
    const hasEnd = round.outcome !== null && (isAtEnd || round.number < next.round);
    return {
      round,
      hasBeginning: round.number > first.round || first.byte === 0,
      hasEnd,
      entries: hasEnd ? closed(entries) : entries,
    };
  });
}
