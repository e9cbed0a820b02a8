import { isStart } from "../links.ts";
import { isWord, type Source, tokenAt } from "../source.ts";
import { readBareEvent } from "../triggers/bare-events.ts";
import { readEvent } from "../triggers/events.ts";
import { readSchedule } from "../triggers/schedule.ts";

/** Whether a clause, a condition or a trigger begins here. */
export function isBeginning(source: Source, at: number): boolean {
  if (at >= source.end) return false;
  if (isStart(source, at) || isWord(tokenAt(source, at), "if", "unless", "only")) return true;
  return isTrigger(source, at);
}

function isTrigger(source: Source, at: number): boolean {
  return (
    readSchedule(source, at) !== undefined ||
    readEvent(source, at) !== undefined ||
    readBareEvent(source, at, false) !== undefined
  );
}
