import type { PlanStep } from "#domain/plan.ts";

import type { ClauseRead } from "./clauses.ts";
import { readPurpose } from "./purposes.ts";
import { spanOf } from "./reading.ts";
import type { Read, Source } from "./source.ts";
import { onDays, readRepeats, readSpacing, spaced } from "./spacing.ts";
import { readTrailer, type Trailer } from "./trailers.ts";

/** What a clause is for, or when it is done, said behind it. */
export function readBehind(
  source: Source,
  at: number,
  steps: readonly PlanStep[],
): ClauseRead | undefined {
  const spacing = steps.length > 1 ? readSpacing(source, at) : undefined;
  if (spacing !== undefined)
    return { steps: spaced(steps, spacing.value), next: spacing.next, furthest: spacing.next };
  const repeats = mayRepeat(steps) ? readRepeats(source, at) : undefined;
  if (repeats !== undefined) return repeatedOn(steps, repeats);
  const purpose = readPurpose(source, at);
  if (purpose !== undefined)
    return {
      steps,
      next: purpose.next,
      furthest: purpose.next,
      purpose: spanOf({ source }, at, purpose.next),
    };
  return readLate(source, at, steps);
}

/** When it is done; what it is for may follow. */
function readLate(source: Source, at: number, steps: readonly PlanStep[]): ClauseRead | undefined {
  const late = mayBeLate(steps) ? readTrailer(source, at) : undefined;
  if (late === undefined || ("point" in late.value && !mayRepeat(steps))) return undefined;
  const after = readPurpose(source, late.next);
  const next = after?.next ?? late.next;
  const told = after === undefined ? {} : { purpose: spanOf({ source }, late.next, next) };
  return { steps, next, furthest: next, trailer: late.value, ...told };
}

/** "… on day 1, day 4 and day 9" */
function repeatedOn(
  steps: readonly PlanStep[],
  { value: days, next }: Read<readonly number[]>,
): ClauseRead {
  const [first = 1] = days;
  const trailer: Trailer = { point: { hours: (first - 1) * 24, isOffset: false } };
  return { steps: onDays(steps, days), next, furthest: next, trailer };
}

const AT_ONCE = new Set(["wait", "skip", "search_contacts", "search_companies", "search_deals"]);

/** "Stop in 3 days" waits first; days of a cadence count from its first step, and a stop begins none. */
const mayRepeat = (steps: readonly PlanStep[]): boolean =>
  mayBeLate(steps) && !steps.some(({ type }) => type === "stop");

function mayBeLate(steps: readonly PlanStep[]): boolean {
  return !steps.some(({ type }) => AT_ONCE.has(type));
}
