import type { Trigger } from "#domain/plan.ts";

import { matchAt, pattern } from "../pattern.ts";
import type { Read, Source } from "../source.ts";
import { readEvent } from "./events.ts";

export interface LateEvent {
  readonly trigger: Trigger;
  readonly wait: string;
}

const AFTER = pattern("[exactly|just|about] <duration> after");

/** "Two days after a deal is created": the event, and how long after it. */
export function readLateEvent(source: Source, at: number): Read<LateEvent> | undefined {
  const match = matchAt(source, at, AFTER);
  const wait = match?.captures.duration;
  if (match === undefined || wait === undefined) return undefined;
  const event = readEvent(source, match.next - 1);
  return event === undefined
    ? undefined
    : { value: { trigger: event.value, wait }, next: event.next };
}
