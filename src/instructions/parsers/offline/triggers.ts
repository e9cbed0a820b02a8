import type { Trigger } from "#domain/plan.ts";

import { skipStatement } from "./asides/reasons.ts";
import { isStatement } from "./asides/statements.ts";
import { isNounLed } from "./clauses/search-nouns.ts";
import { skipCourtesy } from "./courtesy.ts";
import { isStart } from "./links.ts";
import { matchFirst, pattern } from "./pattern.ts";
import type { Reading } from "./reading.ts";
import { isWord, type Read, type Source, tokenAt } from "./source.ts";
import { readBareEvent } from "./triggers/bare-events.ts";
import { readEvent } from "./triggers/events.ts";
import { readLateEvent } from "./triggers/late.ts";
import { skipRunning } from "./triggers/running.ts";
import { readSchedule } from "./triggers/schedule.ts";

export type TriggerRead =
  | { readonly trigger: Trigger; readonly wait?: string }
  | { readonly reason: string };

const LABEL = pattern(
  "[enrollment|enrolment|entry|webhook|schedule|scheduled|event|start|starting|workflow|automation|the|your] trigger|schedule|event|zap|webhook|automation|when|runs|run|triggers|start|starts|on|condition [node|module|step|block|element] [is] :|->|\\(|=|–|- [schedule|scheduled|event|time|cron|webhook|recurring|date ,|:|–|-|\\(|=]",
);

const HAPPENS = pattern(
  "when|whenever|if this|the|following happens|occurs|event [happens|occurs] :|->|–",
);

/** "Scheduled workflow, daily 18:00: …" */
const KIND = pattern(
  "scheduled|recurring|automated|event-based|triggered|event-driven|time-based|record-triggered|schedule-triggered workflow|automation|agent|job|flow|sequence|campaign [on|for [a|the] deal|deals|contact|contacts|lead|leads|opportunity|company] ,|:|–|-|\\(",
);

/** A schedule anywhere, an event where the text opens; a second one is refused. */
export function readTrigger(
  source: Source,
  at: number,
  reading: Reading,
): Read<TriggerRead> | undefined {
  const courteous = skipCourtesy(source, at);
  const running = skipRunning(source, courteous);
  const label = matchFirst(source, at, [LABEL, KIND, HAPPENS]);
  const start = label?.next ?? (running > courteous ? running : at);
  const scheduled = readSchedule(source, start);
  const read = scheduled ?? readOpeningEvent(source, at, start, reading);
  if (read === undefined || !isWhole(source, read.next, scheduled !== undefined)) return undefined;
  if (reading.trigger === undefined || "reason" in read.value) return read;
  return { value: { reason: "There is a trigger already, and an agent has one" }, next: read.next };
}

function readOpeningEvent(
  source: Source,
  at: number,
  start: number,
  reading: Reading,
): Read<TriggerRead> | undefined {
  if (!mayOpen(source, at, reading)) return undefined;
  const late = readLateEvent(source, start);
  if (late !== undefined) return late;
  const courteous = skipCourtesy(source, at);
  const event =
    readEvent(source, at) ??
    (start > at ? readEvent(source, start) : undefined) ??
    (courteous > at ? readEvent(source, courteous) : undefined) ??
    (reading.trigger === undefined ? readBareEvent(source, start, start > at) : undefined);
  return event === undefined ? undefined : { value: { trigger: event.value }, next: event.next };
}

function mayOpen(source: Source, at: number, reading: Reading): boolean {
  const isFirst = reading.isFirstClause && reading.builder.steps().length === 0;
  return isFirst && !isBehindTrigger(source, at, reading);
}

/** "Thu 4pm: deals closed lost → …": behind a schedule's colon stands what is searched, behind an event's what is done. */
function isBehindTrigger(source: Source, at: number, { trigger }: Reading): boolean {
  const isColon = isWord(tokenAt(source, at), ":");
  if (isColon && trigger?.type === "event") return true;
  return trigger !== undefined && isNounLed(source, isColon ? at + 1 : at);
}

/** What follows a trigger is a link or a clause: "every day" must not be cut out of something else. */
function isWhole(source: Source, at: number, isSchedule: boolean): boolean {
  const token = tokenAt(source, at);
  if (at >= source.end || isWord(token, ...MARKS)) return true;
  if (token.kind !== "word" && token.kind !== "number") return false;
  if (!isSchedule && isWord(token, ...RECEIVING)) return false;
  if (isSchedule || isWord(token, "if", "unless") || isStart(source, at)) return true;
  return isRemark(source, at);
}

/** "when a deal is won we should thank them, so …" */
function isRemark(source: Source, at: number): boolean {
  return isStatement(source, at, source.end, true) || skipStatement(source, at) > at;
}

/** "Every new contact gets …": who gets it is whom the clause is for. */
const RECEIVING = ["gets", "receives", "should", "must"];
const MARKS = [")", ",", ":", "->", "–", "-", "then", "and", ";", ".", "|", "/", "?"];
