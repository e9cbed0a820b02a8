import type { PlanStep } from "#domain/plan.ts";

import { durationOf } from "./cadences.ts";
import { matchAt, matchFirst, pattern } from "./pattern.ts";
import { isWord, type Read, type Source, tokenAt } from "./source.ts";

/** How far the steps of a list lie apart: "4 days apart", "with 2 days between them", "one every 3 days". */
const APART = [
  "[,|\\(|–|-] [each|all|spaced] [by] <duration> apart [\\)]",
  "[,|\\(|–|-] [with|leaving|allowing|and] [a|an] [wait|gap|pause] [of] <duration> [in] between [each|them|every|the|all|two] [of] [them|one|email|emails|mail|two|touch|step] [\\)]",
  "[,|\\(|–|-] one|each every <duration> [\\)]",
  "[,|\\(|–|-] spaced [out] by <duration> [\\)]",
].map(pattern);

export function readSpacing(source: Source, at: number): Read<string> | undefined {
  const match = matchFirst(source, at, APART);
  const duration = match?.captures.duration;
  return match === undefined || duration === undefined
    ? undefined
    : { value: duration, next: match.next };
}

/** The steps with the wait between each and the next. */
export function spaced(steps: readonly PlanStep[], duration: string): readonly PlanStep[] {
  return steps.flatMap((step, index): readonly PlanStep[] =>
    index === 0 ? [step] : [{ type: "wait", params: { duration } }, step],
  );
}

const HEADING = pattern("[<number>] emails|mails|touches|messages");
const WAITING = pattern(
  "+wait|+leave|+allow <duration> between [each|every|all|the] [of] [the|them] [email|emails|mail|mails|touch|step|one|two] [:|,|and]",
);

/** "Three emails, four days apart: 'A', 'B', 'C'": where the list begins, and how far apart its steps lie. */
export function readSpacedList(source: Source, at: number): Read<string> | undefined {
  const waiting = matchAt(source, at, WAITING);
  if (waiting?.captures.duration !== undefined)
    return { value: waiting.captures.duration, next: waiting.next };
  const heading = matchAt(source, at, HEADING);
  const spacing = heading === undefined ? undefined : readSpacing(source, heading.next);
  if (spacing === undefined || !isWord(tokenAt(source, spacing.next), ":", "–", "-"))
    return undefined;
  return { value: spacing.value, next: spacing.next + 1 };
}

const POINTS = pattern("[on] day|days <number>");
const MORE = pattern("/|,|and|& [and|&] [day] <number>");

/** "Day 0/3/7: …", "Days 1, 4 and 9: …": the waits between the points. */
export function readPoints(source: Source, at: number): Read<readonly string[]> | undefined {
  const first = matchAt(source, at, POINTS);
  if (first === undefined) return undefined;
  const days = [first.captures.number ?? 0];
  let { next } = first;
  for (
    let more = matchAt(source, next, MORE);
    more !== undefined;
    more = matchAt(source, next, MORE)
  ) {
    days.push(more.captures.number ?? 0);
    ({ next } = more);
  }
  if (days.length < 2 || !isWord(tokenAt(source, next), ":", "–", "-", ",", "->", "="))
    return undefined;
  const gaps = days.slice(1).map((day, index) => day - (days[index] ?? 0));
  return gaps.every((gap) => gap > 0)
    ? { value: gaps.map((gap) => durationOf(gap * 24)), next: next + 1 }
    : undefined;
}

/** The steps with these waits between them, where there are as many as they need. */
function timed(
  steps: readonly PlanStep[],
  waits: readonly string[],
): readonly PlanStep[] | undefined {
  if (steps.length !== waits.length + 1) return undefined;
  return steps.flatMap((step, index): readonly PlanStep[] => {
    const duration = waits[index - 1];
    return duration === undefined ? [step] : [{ type: "wait", params: { duration } }, step];
  });
}

/** The steps with one wait, or one after another, between them. */
export function withWaits(
  steps: readonly PlanStep[],
  waits: string | readonly string[],
): readonly PlanStep[] | undefined {
  return typeof waits === "string" ? spaced(steps, waits) : timed(steps, waits);
}
