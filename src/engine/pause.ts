/**
 * Pausing: from the fact that says so until the one that lets it go on, an execution begins nothing and
 * lets no wait end. It is out of memory meanwhile; what comes in is kept, and waits end when they would
 * have, or at once where that time has passed.
 *
 * A word reaches an execution directly, or is passed on by its parent or its agent. What was said
 * directly counts in any case; a resume that was passed on undoes only a pause that came the same way.
 */
import type { FactOf, Through } from "#domain/facts.ts";

/** The last word on whether an execution may go on. */
export interface Pause {
  readonly on: boolean;
  readonly by: string;
  readonly through: Through | undefined;
  /** How many such words there were, this one included. */
  readonly count: number;
}

export type PauseFact = FactOf<"pauseAsked" | "resumeAsked">;

export function pauseAfter(before: Pause | undefined, { t, by, through }: PauseFact): Pause {
  return { on: t === "pauseAsked", by, through, count: (before?.count ?? 0) + 1 };
}

/** Whether a word changes anything. */
export function counts(now: Pause | undefined, { t, through }: PauseFact): boolean {
  if (now?.on !== true) return t === "pauseAsked";
  const isDirect = through === undefined;
  return t === "pauseAsked"
    ? isDirect && now.through !== undefined
    : isDirect || through === now.through;
}
