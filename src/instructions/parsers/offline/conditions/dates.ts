import { matchAt, matchFirst, pattern } from "../pattern.ts";
import type { Read, Source } from "../source.ts";
import type { Since } from "./comparators.ts";

/** Since a moment: after it, or (`<`) not since then. */
const RECENT = [
  "in|within|during|over|for [just] the last|past <duration>",
  "in|within|during|over the last|past|previous [few|couple] [of] <duration>",
  "within <duration>",
  "less|fewer than <duration> ago",
  "under <duration> ago",
  "since <duration> ago",
  "last|past <duration>",
].map(pattern);

const LONG_AGO = [
  "more|longer than <duration> ago",
  "over <duration> ago",
  "at least <duration> ago",
  "before <duration> ago",
  "<duration> ago or more|longer|earlier",
  "older than <duration>",
].map(pattern);

/** With a negation these say that something has not happened for so long. */
const STRETCH = [
  "in|for|within [the] [more|longer|over|at] [than|least] <duration>",
  "in|for|within [the] [last|past] <duration>",
  "in|for|since over|about|around <duration>",
].map(pattern);

const TODAY = ["[since|earlier|from] today", "on the same day"].map(pattern);
const YESTERDAY = pattern("[since] yesterday");

export function readMoment(source: Source, at: number): Read<Since> | undefined {
  const today = matchFirst(source, at, TODAY);
  if (today !== undefined) return { value: { operator: ">=", value: "today" }, next: today.next };
  const yesterday = matchAt(source, at, YESTERDAY);
  if (yesterday !== undefined)
    return { value: { operator: ">=", value: "-P1D" }, next: yesterday.next };
  const before = matchFirst(source, at, LONG_AGO);
  if (before?.captures.duration !== undefined)
    return since("<", before.captures.duration, before.next);
  const recent = matchFirst(source, at, RECENT);
  return recent?.captures.duration === undefined
    ? undefined
    : since(">=", recent.captures.duration, recent.next);
}

/** "in 30 days", "for over a month", behind a negation. */
export function readStretch(source: Source, at: number): Read<Since> | undefined {
  const match = matchFirst(source, at, STRETCH);
  return match?.captures.duration === undefined
    ? undefined
    : since(">=", match.captures.duration, match.next);
}

function since(operator: Since["operator"], duration: string, next: number): Read<Since> {
  return { value: { operator, value: `-${duration}` }, next };
}
