import type { PlanStep, Verb } from "#domain/plan.ts";

import type { ClauseRead } from "./clauses.ts";
import { isNounLed, kindOf } from "./clauses/search-nouns.ts";
import { readSelection } from "./clauses/search.ts";
import { matchAt, pattern } from "./pattern.ts";
import type { Reading } from "./reading.ts";
import { type Read, type Source, tokenAt } from "./source.ts";

const ALL = pattern("all|every|each [of] [the|our|my|your]");

/** What is done to those who are named; others have the words in a text of theirs. */
const TO_THEM: ReadonlySet<Verb> = new Set<Verb>([
  "send_email",
  "linkedin_invitation",
  "enrich_contact",
  "add_tag",
  "remove_tag",
  "update_field",
  "handoff",
]);

/**
 * "Send 'A' to all contacts": where nobody is there yet they are searched for. Behind an event somebody is: whom it happened to.
 */
export function searchForAll(
  reading: Reading,
  source: Source,
  at: number,
  read: ClauseRead,
): ClauseRead {
  const { trigger, hasSelection, isFirstClause } = reading;
  if (read.steps === undefined || !isFirstClause || hasSelection || trigger?.type === "event")
    return read;
  if (!read.steps.every(({ type }) => TO_THEM.has(type))) return read;
  const all = readAll(source, at, read.next);
  return all === undefined ? read : { ...read, steps: [...all.value, ...read.steps] };
}

function readAll(source: Source, from: number, to: number): Read<readonly PlanStep[]> | undefined {
  for (let at = from + 1; at < to; at++) {
    const next = matchAt(source, at, ALL)?.next;
    const isNamed =
      next !== undefined &&
      (isNounLed(source, next) || kindOf(tokenAt(source, next).word) !== undefined);
    const found = isNamed ? readSelection(source, at) : undefined;
    if (found !== undefined && found.next <= to) return found;
  }
  return undefined;
}
