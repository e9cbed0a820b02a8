import type { PlanStep } from "#domain/plan.ts";

import { matchAt, pattern } from "./pattern.ts";
import { isWord, type Source, tokenAt } from "./source.ts";

const MAILED = pattern(
  "<quoted> ([,] now|today|first|immediately|straightaway|then / [,|->] [then] [wait|in|after] <duration> / -> <quoted>)",
);

/** "CEOs in Rome: 'A' now, 'B' after a week": what those get who are found. */
export function isBeforeMails(source: Source, at: number, steps: readonly PlanStep[]): boolean {
  const isSearch = steps.at(-1)?.type.startsWith("search_") === true;
  const colon = [at - 1, at].find((mark) => isWord(tokenAt(source, mark), ":"));
  if (!isSearch || colon === undefined) return false;
  return matchAt({ ...source, end: source.tokens.length }, colon + 1, MAILED) !== undefined;
}
