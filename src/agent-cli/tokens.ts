/** Tokens as an Agent CLI counts them. Null is what it does not say, which is not 0. */
import { NO_TOKENS, type Tokens } from "#domain/spending.ts";

/** The first four are disjoint; the last two are memos of what is in them already. */
export interface TokenCounts {
  /** Read anew. Where `cacheRead` is null, what came from a cache is in here, too. */
  readonly input: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
  /** With what was spent on thinking. */
  readonly output: number | null;
  /** Of `output`. */
  readonly reasoning: number | null;
  /** Of `cacheWrite`: what is kept for an hour and not five minutes. */
  readonly cacheWrite1h: number | null;
}

export const NOT_SAID: TokenCounts = {
  input: null,
  cacheRead: null,
  cacheWrite: null,
  output: null,
  reasoning: null,
  cacheWrite1h: null,
};

const COUNTS = Object.keys(NOT_SAID) as (keyof TokenCounts)[];

function combine(
  one: TokenCounts,
  other: TokenCounts,
  how: (one: number | null, other: number | null) => number | null,
): TokenCounts {
  const counts: { -readonly [K in keyof TokenCounts]: TokenCounts[K] } = { ...NOT_SAID };
  for (const count of COUNTS) counts[count] = how(one[count], other[count]);
  return counts;
}

/** What is known of either; null only where neither says. */
export function addTokens(one: TokenCounts, other: TokenCounts): TokenCounts {
  return combine(one, other, (a, b) => (a === null ? b : a + (b ?? 0)));
}

/** How far a counter has gone on since it stood at `last`. */
export function tokensSince(now: TokenCounts, last: TokenCounts): TokenCounts {
  return combine(now, last, (a, b) => (a === null ? null : a - (b ?? 0)));
}

export function hasFallen(now: TokenCounts, last: TokenCounts): boolean {
  return COUNTS.some((count) => (now[count] ?? Infinity) < (last[count] ?? 0));
}

/** Whether it says anything but zeros. */
export function isBlank(counts: TokenCounts): boolean {
  return COUNTS.every((count) => (counts[count] ?? 0) === 0);
}

/** For sums over executions, which add up what is known. */
export function knownTokens({ input, cacheRead, cacheWrite, output }: TokenCounts): Tokens {
  return {
    input: input ?? NO_TOKENS.input,
    cacheRead: cacheRead ?? NO_TOKENS.cacheRead,
    cacheWrite: cacheWrite ?? NO_TOKENS.cacheWrite,
    output: output ?? NO_TOKENS.output,
  };
}
