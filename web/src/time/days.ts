/** Calendar days of the workspace. */
import { instantOf } from "#domain/zones.ts";

const DAY = 86_400_000;

/** The moment, ISO 8601, at which a day (`YYYY-MM-DD`) begins in a zone, or one so many days later. */
export function startOfDayIn(zone: string, day: string, daysLater = 0): string {
  const wall = Date.parse(`${day}T00:00:00Z`) + daysLater * DAY;
  return new Date(instantOf(wall, zone)).toISOString();
}
