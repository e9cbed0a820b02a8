/**
 * A rate: so many in any span of time, however the span is laid. What is counted is counted by sixtieths
 * of the span, and those that lie partly within it count whole: the rate is never exceeded, and at most
 * a sixtieth of its span stricter than it says. The counts are rows, so they outlast restarts and are
 * one truth for all who count.
 */
export interface Rate {
  readonly most: number;
  /** A multiple of 60. */
  readonly perMs: number;
}

/** How many there were in one part of the span; parts are numbered from 1970 on. */
export interface PartCount {
  readonly part: number;
  readonly n: number;
}

const PARTS = 60;
const partMs = ({ perMs }: Rate): number => perMs / PARTS;

export function partOf(rate: Rate, at: number): number {
  return Math.floor(at / partMs(rate));
}

/** The first part that still counts at that time: it may lie partly within the span. */
export function firstPart(rate: Rate, at: number): number {
  return partOf(rate, at) - PARTS;
}

/** How many more there may be at that time. */
export function roomIn(rate: Rate, at: number, counts: readonly PartCount[]): number {
  const first = firstPart(rate, at);
  const counted = counts.filter(({ part }) => part >= first);
  return Math.max(0, rate.most - counted.reduce((sum, { n }) => sum + n, 0));
}

/** From when on there is room for one more, if nothing else is counted until then; null: never. */
export function roomAt(rate: Rate, at: number, counts: readonly PartCount[]): number | null {
  if (rate.most <= 0) return null;
  const first = firstPart(rate, at);
  const counted = counts.filter(({ part }) => part >= first).toSorted((a, b) => a.part - b.part);
  let used = counted.reduce((sum, { n }) => sum + n, 0);
  let from = at;
  for (const { part, n } of counted) {
    if (used < rate.most) break;
    used -= n;
    from = (part + PARTS + 1) * partMs(rate);
  }
  return from;
}
