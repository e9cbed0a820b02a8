import type { Source } from "./source.ts";

/** The clause that was carried out last, for one that leaves out its verb. */
export interface Said {
  readonly from: number;
  readonly to: number;
}

const LONGEST_GAP = 6;

/**
 * "Send 'Intro' on day 1, 'Bump' on day 4", "Tag them Hot … and Cold otherwise": the clause with the first words of the one before in
 * front, the fewest first, and how many these are.
 */
export function* fillGaps(
  source: Source,
  at: number,
  said: Said,
): Generator<{ readonly filled: Source; readonly count: number }> {
  const before = source.tokens.slice(0, at);
  const rest = source.tokens.slice(at, source.end);
  const longest = Math.min(LONGEST_GAP, said.to - said.from);
  for (let count = 1; count <= longest; count++) {
    const missing = source.tokens.slice(said.from, said.from + count);
    const tokens = [...before, ...missing, ...rest];
    yield { filled: { ...source, tokens, end: tokens.length }, count };
  }
}
