import type { Trigger } from "#domain/plan.ts";

import { isLink } from "./links.ts";
import { matchFirst, pattern } from "./pattern.ts";
import type { Reading } from "./reading.ts";
import type { Sentence } from "./sentences.ts";
import { type Source, tokenAt } from "./source.ts";
import { readEvent } from "./triggers/events.ts";

/** An event that is told behind what it starts, and where its words stand. */
export interface TrailingTrigger {
  readonly trigger: Trigger;
  readonly from: number;
  readonly to: number;
}

const WHENEVER = ["whenever|anytime", "every|each|any time"].map(pattern);

/** "Send 'X' whenever a deal moves to Demo": in the first clause of a text that has no trigger yet. */
export function findTrailingTrigger(
  { trigger, isFirstClause, builder }: Reading,
  source: Source,
  { from }: Sentence,
): TrailingTrigger | undefined {
  if (trigger !== undefined || !isFirstClause || builder.steps().length > 0) return undefined;
  for (let at = from + 1; at < source.end; at++) {
    if (matchFirst(source, at, WHENEVER) === undefined) continue;
    const event = readEvent(source, at);
    if (event === undefined) return undefined;
    const isWhole = event.next >= source.end || isLink(tokenAt(source, event.next));
    return isWhole ? { trigger: event.value, from: at, to: event.next } : undefined;
  }
  return undefined;
}
