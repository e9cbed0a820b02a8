import { nominalSeconds, parseDuration } from "#domain/durations.ts";

import { bareText } from "./texts.ts";

/** The seconds of a duration, a month counting 30 days; none for any other value. */
export function secondsOf(value: unknown): number | undefined {
  const duration = parseDuration(String(value));
  return duration === undefined ? undefined : nominalSeconds(duration);
}

export function agreeAsValues(expected: unknown, got: unknown): boolean {
  const [these, those] = [secondsOf(expected), secondsOf(got)];
  if (these !== undefined && those !== undefined) return these === those;
  if (Array.isArray(expected) || Array.isArray(got)) return sorted(expected) === sorted(got);
  if (isExact(expected) || isExact(got)) return String(expected) === String(got);
  return bareText(expected) === bareText(got);
}

const isExact = (value: unknown): boolean =>
  typeof value === "number" || typeof value === "boolean";

function sorted(value: unknown): string {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return JSON.stringify(items.map(bareText).toSorted());
}
