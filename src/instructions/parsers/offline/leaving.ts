import type { Condition, PlanStep } from "#domain/plan.ts";

import { type Branch, readBranch } from "./branches.ts";
import { NO_CONTEXT } from "./clause.ts";
import { stop } from "./clauses/stop.ts";
import { forbid } from "./forbidding.ts";
import { isLinkAt } from "./links.ts";
import { matchAt, matchFirst, pattern } from "./pattern.ts";
import { isReaction } from "./reactions.ts";
import type { Read, Source } from "./source.ts";
import type { Walk } from "./walk.ts";

/**
 * "Exit criteria: replied", "stop as soon as they reply", "if at any point they reply, stop": whoever it holds for leaves, wherever in the
 * plan they are. It is a skip that holds at the beginning and behind every wait, and no if where it happens to be written.
 */
export function passLeaving(walk: Walk): boolean {
  const read = readStopping(walk) ?? readEver(walk);
  if (read === undefined || isHalf(walk, read.next) || !comesAbout(walk, read.value)) return false;
  const skip: PlanStep = { type: "skip", params: read.value };
  forbid(walk, [skip], read.next, true);
  return true;
}

/**
 * Whether it can come about at any time. What has not happened yet ("Stop when they haven't replied") would hold from the start; and a field
 * or a tag is looked at where "when" or "once" is written, since the plan itself may set it.
 */
function comesAbout({ source, at }: Walk, condition: Condition): boolean {
  if (denies(condition)) return false;
  const isLoose = matchAt(source, at, STOPPED_WHEN) !== undefined;
  return !isLoose || isReaction(condition);
}

function denies(condition: Condition): boolean {
  if ("all" in condition) return condition.all.some(denies);
  if ("any" in condition) return condition.any.some(denies);
  return "not" in condition || condition.value === false || condition.operator === "!=";
}

const OTHER_HALF = pattern("[,|;|.|:] [or] otherwise|else");

/** "Stop when they replied, otherwise …" */
function isHalf({ reading }: Walk, at: number): boolean {
  return matchAt(reading.source, at, OTHER_HALF) !== undefined;
}

/** What a label becomes: "Exit criteria: …". */
export const LEAVING = "leave anytime if";

const WHOLE =
  "[it|them|him|her|everything|emailing|contacting|the|this|that|our] [whole|entire] [workflow|sequence|flow|cadence|campaign|automation|contact|outreach|emails|them] [immediately|automatically|,]";
const AT_ANY_TIME =
  "as soon as / the [very] moment|minute|instant|second / when|whenever|once|anytime / any|every|each time / [,] at any|whatever point|time|stage if|when";
const STOP = `+stop|+end|+exit|+quit|+halt|+leave|+abort|+cancel|+unenroll|+unenrol ${WHOLE}`;
const STOPPED_WHEN = pattern(`${STOP} when|once`);
const STOPPING = [LEAVING, `${STOP} (${AT_ANY_TIME})`, `+unenroll|+unenrol ${WHOLE} if`].map(
  pattern,
);

function readStopping({ reading, source, at }: Walk): Read<Condition> | undefined {
  const stopping = matchFirst(source, at, STOPPING);
  if (stopping === undefined) return undefined;
  for (let from = stopping.next - 1; from > at; from--) {
    const branch = readBranch(source, from, reading.subject);
    if (branch !== undefined) return plain(branch);
  }
  return undefined;
}

/** The words by which somebody leaves: "Stop whenever they reply" starts nothing. */
export function findLeaving(source: Source, from: number): Leaving | undefined {
  for (let at = from; at < source.end; at++) {
    const next = matchFirst(source, at, STOPPING)?.next;
    if (next !== undefined) return { at, next };
  }
  return undefined;
}

export interface Leaving {
  readonly at: number;
  readonly next: number;
}

const EVER = pattern("at any point|time|stage|moment");
const THEN = pattern("[,] [then]");

/** "If they reply at any time, stop" */
function readEver({ reading, source, at }: Walk): Read<Condition> | undefined {
  const branch = hasEver(source, at, source.end)
    ? readBranch(source, at, reading.subject)
    : undefined;
  if (branch === undefined || !hasEver(source, at, branch.next)) return undefined;
  const then = matchAt(source, branch.next, THEN)?.next ?? branch.next;
  const stopped = stop.read(source, then, NO_CONTEXT);
  const isWhole =
    stopped !== undefined && (stopped.next >= source.end || isLinkAt(source, stopped.next));
  return isWhole ? plain({ ...branch, next: stopped.next }) : undefined;
}

function hasEver(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (matchAt(source, at, EVER) !== undefined) return true;
  return false;
}

/** What is waited for first does not hold at any time. */
function plain({ value, next }: Read<Branch>): Read<Condition> | undefined {
  const { condition, wait, until } = value;
  return wait === undefined && until === undefined ? { value: condition, next } : undefined;
}
