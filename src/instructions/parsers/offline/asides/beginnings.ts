import type { PlanStep } from "#domain/plan.ts";

import { NO_CONTEXT } from "../clause.ts";
import { isNounLed } from "../clauses/search-nouns.ts";
import { readSelection, search } from "../clauses/search.ts";
import { skipCourtesy } from "../courtesy.ts";
import { isStart } from "../links.ts";
import { isWord, type Read, type Source, tokenAt } from "../source.ts";
import { readBareEvent } from "../triggers/bare-events.ts";
import { readEvent } from "../triggers/events.ts";
import { readSchedule } from "../triggers/schedule.ts";

/** Whether a clause, a condition or a trigger begins here. */
export function isBeginning(source: Source, at: number): boolean {
  if (at >= source.end) return false;
  if (isStart(source, at) || isWord(tokenAt(source, at), "if", "unless", "only")) return true;
  return isTrigger(source, at) || isTold(source, at);
}

/** "contacts in Rome …" are searched for, where something is said of them. */
function isTold(source: Source, at: number): boolean {
  const found = isNounLed(source, at) ? readSelection(source, at) : undefined;
  return found?.value.some(({ params }) => Object.keys(params).length > 0) === true;
}

/** What was told of people before they are looked for is no search of its own. */
export function isSearchAt(source: Source, at: number): boolean {
  return readSearch(source, at) !== undefined;
}

export function readSearch(source: Source, at: number): Read<readonly PlanStep[]> | undefined {
  return search.read(source, skipCourtesy(source, at), NO_CONTEXT);
}

export function isTrigger(source: Source, at: number): boolean {
  return (
    readSchedule(source, at) !== undefined ||
    readEvent(source, at) !== undefined ||
    readBareEvent(source, at, false) !== undefined
  );
}
