import type { Trigger } from "#domain/plan.ts";

import { isStart } from "../links.ts";
import { matchAt, pattern } from "../pattern.ts";
import { isWord, type Read, type Source, tokenAt } from "../source.ts";
import { readAlone, readHappening } from "./events.ts";
import { readBareChange } from "./field-changes.ts";
import { readFurther } from "./further.ts";

/** "New contact -> …", "deal closed lost: …" in notes: an event without its "when", told by the mark behind it. */
export function readBareEvent(
  source: Source,
  at: number,
  isLabelled: boolean,
): Read<Trigger> | undefined {
  const event =
    readAlone(source, at) ??
    readArrival(source, at) ??
    readHappening(source, at, at) ??
    readBareChange(source, at);
  if (event === undefined) return undefined;
  const whole = readFurther(source, event);
  if (isWord(tokenAt(source, at), "the") && !isLabelled) return isMarked(source, whole);
  const isHeading = isLabelled || isWord(tokenAt(source, at), "new");
  return readMust(source, whole) ?? (isTold(source, whole.next, isHeading) ? whole : undefined);
}

/** "The deal moved to Legal → …": of one that is known already only these marks tell that it starts the rest. */
function isMarked(source: Source, whole: Read<Trigger>): Read<Trigger> | undefined {
  const isMark = isWord(tokenAt(source, whole.next), "->", ":");
  return isMark && isStart(source, whole.next + 1) ? whole : undefined;
}

function readMust(source: Source, whole: Read<Trigger>): Read<Trigger> | undefined {
  const next = matchAt(source, whole.next, MUST)?.next;
  return next !== undefined && isStart(source, next) ? { ...whole, next } : undefined;
}

/** "A form submission should notify @user.sdr" */
const MUST = pattern("should|must|will|shall|needs [to] [always|also]");

/** Whether a mark tells that what stands before it starts the rest. */
function isTold(source: Source, at: number, isHeading: boolean): boolean {
  const mark = tokenAt(source, at);
  if (isWord(mark, "", ")")) return isHeading;
  if (isWord(mark, ",", ";")) return isStart(source, at + 1);
  return isWord(mark, "->", ":", "–", "-", "|", "/");
}

const ARRIVAL = pattern("[new] lead|contact|signup in|arrives");

/** "lead in -> …" */
function readArrival(source: Source, at: number): Read<Trigger> | undefined {
  const match = matchAt(source, at, ARRIVAL);
  return match !== undefined && isTold(source, match.next, false)
    ? { value: { type: "event", event: "contact_created" }, next: match.next }
    : undefined;
}
