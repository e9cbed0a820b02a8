import { matchAt, pattern } from "./pattern.ts";
import { type Source, tokenAt } from "./source.ts";
import type { Token } from "./tokens.ts";

/** What somebody says who corrects the word before; it must be more than a "no". */
const REPAIR = pattern(
  "[,|–|-|\\(] ((oh|er|um|ah|hmm|oops no|wait|sorry / no|nope|sorry|oops|wait|actually [,] [no|wait|sorry|actually] [,] make|make|scratch|i [that|it|mean|meant|say] [to|be] / no wait|sorry|actually / or rather|better|actually / i mean|meant / correction / scratch|make|call that|it [,] [make] [it|that] [to|be] / sorry|oops|actually)) [,|:|–|-]",
);

/** Words of one kind may stand for one another. */
const KINDS: ReadonlySet<Token["kind"]> = new Set(["number", "time", "variable", "email"]);

/** "deals above $100k, no, make that $150k, in Negotiation": the last word stands, in the place of the first. */
export function repair(tokens: readonly Token[]): readonly Token[] {
  const source: Source = { text: "", tokens, end: tokens.length };
  const kept: Token[] = [];
  let at = 0;
  while (at < tokens.length) {
    const next = repaired(source, at);
    if (next === undefined) kept.push(tokenAt(source, at));
    at = next ?? at + 1;
  }
  return kept;
}

/** Where the word stands that takes the place of the one here, with a clause going on behind it. */
function repaired(source: Source, at: number): number | undefined {
  const { kind } = tokenAt(source, at);
  if (!KINDS.has(kind)) return undefined;
  const next = matchAt(source, at + 1, REPAIR)?.next;
  return next !== undefined && next > at + 2 && tokenAt(source, next).kind === kind
    ? next
    : undefined;
}
