import { matchAt, pattern } from "./pattern.ts";
import { type Source, tokenAt, wordsOf } from "./source.ts";
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
    const next = repaired(source, at) ?? repairedName(source, at);
    if (next === undefined) kept.push(tokenAt(source, at));
    at = next ?? at + 1;
  }
  return kept;
}

/** Where the word stands that takes the place of the one here, with a clause going on behind it. */
function repaired(source: Source, at: number): number | undefined {
  const { kind } = tokenAt(source, at);
  if (!KINDS.has(kind)) return undefined;
  const next = repairEnd(source, at + 1);
  return next !== undefined && tokenAt(source, next).kind === kind ? next : undefined;
}

/** Behind what somebody says who corrects the words that end here. */
function repairEnd(source: Source, at: number): number | undefined {
  const next = matchAt(source, at, REPAIR)?.next;
  return next !== undefined && next > at + 1 ? next : undefined;
}

/** "assign it to Henrike, sorry, I meant Svenja", "in New York, no wait, San Francisco": one name for another. */
function repairedName(source: Source, at: number): number | undefined {
  if (!isName(source, at) || isName(source, at - 1) || !isBehindWord(source, at)) return undefined;
  const next = repairEnd(source, nameEnd(source, at));
  if (next === undefined || !isName(source, next)) return undefined;
  return isGoingOn(tokenAt(source, nameEnd(source, next))) ? next : undefined;
}

function isName(source: Source, at: number): boolean {
  const { kind, isCapital } = tokenAt(source, at);
  return kind === "word" && isCapital;
}

function nameEnd(source: Source, at: number): number {
  let end = at;
  while (isName(source, end)) end += 1;
  return end;
}

/** A sentence's first word is no name, and of a list it is open what is corrected. */
function isBehindWord(source: Source, at: number): boolean {
  const { kind, word } = tokenAt(source, at - 1);
  return kind === "word" && !LISTING.has(word);
}

const LISTING = wordsOf("and or nor");

/** What a clause goes on with behind a name; "Svenja is away" tells of her. */
function isGoingOn({ kind, word }: Token): boolean {
  return kind === "mark" || GOING_ON.has(word);
}

const GOING_ON = wordsOf(
  "and then with who whose that which in at from for to if when once after before because since instead please",
);
