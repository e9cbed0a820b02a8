import type { Condition, PlanStep } from "#domain/plan.ts";

import { type Captures, matchFirst, pattern, type Pattern } from "./pattern.ts";
import type { Kind } from "./readers/fields.ts";
import type { Read, Source } from "./source.ts";

/** What went before a clause, as far as its meaning hangs on it. */
export interface Context {
  /** What the plan works on at this place: contacts, until something else was searched for. */
  readonly subject: Kind;
  readonly hasSelection: boolean;
  readonly previous: PlanStep | undefined;
  /** What the last search asked. */
  readonly searched?: Condition | undefined;
  /** The email that was sent last, wherever it stands. */
  readonly mail?: PlanStep | undefined;
  /** The field that was set by what was done last, for "set it to …". */
  readonly setting?: PlanStep | undefined;
  /** Whom "it" means: what was named last, else what a plan works on here. */
  readonly it: Kind;
}

/** Of words that are looked at by themselves. */
export const NO_CONTEXT: Context = {
  subject: "contact",
  hasSelection: false,
  previous: undefined,
  it: "contact",
};

/** A family of clauses with one meaning: it reads a clause to its end, or not at all. */
export interface Family {
  readonly name: string;
  readonly read: (
    source: Source,
    at: number,
    context: Context,
  ) => Read<readonly PlanStep[]> | undefined;
}

/** One part of a clause, in any order among the others, and what it tells. */
export interface Part<Draft> {
  readonly patterns: readonly Pattern[];
  readonly take: (draft: Draft, captures: Captures) => void;
}

export function part<Draft>(
  phrases: readonly string[],
  take: Part<Draft>["take"] = () => undefined,
): Part<Draft> {
  return { patterns: phrases.map(pattern), take };
}

/** Words inside any clause that carry nothing. */
const FILLERS = [
  "right away|now|then",
  "today",
  "straight|right away|afterwards",
  "at once",
  "as well",
  "please|pls|also|just|now|too|anyway|anyhow|first|straightaway|immediately|then|kindly|directly|automatically|asap|instead|well|again|thanks|simply|right|only|each|already",
  "for me|us",
  "if possible|you can|could",
  "would|could|can|will [not] you [please]",
  "while you are|'re at|there|on|in it|this|that|there",
  "while you are there",
  "from now|here on|onwards|onward",
  "once more",
  "first thing",
  "one by one",
  "afterwards|afterward|thereafter|straightaway",
  "[and] that is|'s it|all",
  "please and thank you",
  "for now",
  "of course",
  "as a result|next|final [step]",
  "in the|that meantime|case|end",
  "thank you",
  "in turn",
  "after that|this",
  "in its|their|his|her place|stead|places",
  "instead of it|that|this|them|those",
  ",|.|!|&|and|;",
].map(pattern);

/** Reads parts as long as any fits, and the fillers between them; returns where it came to. */
export function readParts<Draft>(
  source: Source,
  at: number,
  parts: readonly Part<Draft>[],
  draft: Draft,
): number {
  let next = at;
  while (next < source.end) {
    const after = readPart(source, next, parts, draft) ?? matchFirst(source, next, FILLERS)?.next;
    if (after === undefined || after === next) return next;
    next = after;
  }
  return next;
}

function readPart<Draft>(
  source: Source,
  at: number,
  parts: readonly Part<Draft>[],
  draft: Draft,
): number | undefined {
  for (const { patterns, take } of parts) {
    const match = matchFirst(source, at, patterns);
    if (match === undefined || match.next === at) continue;
    take(draft, match.captures);
    return match.next;
  }
  return undefined;
}

export function one(planStep: PlanStep, next: number): Read<readonly PlanStep[]> {
  return { value: [planStep], next };
}
