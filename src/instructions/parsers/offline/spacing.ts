import type { PlanStep } from "#domain/plan.ts";

import { durationOf } from "./cadences.ts";
import { matchAt, matchFirst, pattern, type Pattern } from "./pattern.ts";
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

/** "Day 0/3/7: …", "Days 1, 4 and 9: …": the days on which a list, or one step again and again, is done. */
export function readDays(source: Source, at: number): Read<readonly number[]> | undefined {
  const days = readNumbers(source, at, POINTS, MORE);
  if (days === undefined || !isWord(tokenAt(source, days.next), ":", "–", "-", ",", "->", "="))
    return undefined;
  return { value: days.value, next: days.next + 1 };
}

/** At least two days, each later than the one before. */
function readNumbers(
  source: Source,
  at: number,
  opening: Pattern,
  further: Pattern,
): Read<readonly number[]> | undefined {
  const first = matchAt(source, at, opening);
  if (first === undefined) return undefined;
  const days = [first.captures.number ?? 0];
  let { next } = first;
  for (
    let more = matchAt(source, next, further);
    more !== undefined;
    more = matchAt(source, next, further)
  ) {
    days.push(more.captures.number ?? 0);
    ({ next } = more);
  }
  const isRising = days.every((day, index) => index === 0 || day > (days[index - 1] ?? 0));
  return days.length > 1 && isRising ? { value: days, next } : undefined;
}

const ON_DAYS = pattern("on|at|, day|days <number>");
const FURTHER = pattern(",|and|& [and|&] [on] [day] <number>");

/** "… on day 1, day 4 and day 9": on which days one step is done again and again. */
export function readRepeats(source: Source, at: number): Read<readonly number[]> | undefined {
  const days = readNumbers(source, at, ON_DAYS, FURTHER);
  return days !== undefined && days.next >= source.end ? days : undefined;
}

/** One step on each of these days, or one of them on each; undefined where they are not as many. */
export function onDays(
  steps: readonly PlanStep[],
  days: readonly number[],
): readonly PlanStep[] | undefined {
  const each = steps.length === 1 ? days.map(() => steps[0]) : steps;
  if (each.length !== days.length) return undefined;
  return each.flatMap((step, index): readonly PlanStep[] => {
    const gap = (days[index] ?? 0) - (days[index - 1] ?? days[index] ?? 0);
    const wait: PlanStep = { type: "wait", params: { duration: durationOf(gap * 24) } };
    return step === undefined ? [] : gap === 0 ? [step] : [wait, step];
  });
}
