/**
 * Wall clocks of IANA time zones, by Intl alone. A wall clock is written as the epoch milliseconds that UTC would have
 * while showing the same date and time.
 */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(zone, format);
  return format;
}

const days = new Map<string, Intl.DateTimeFormat>();

/** The day as it is written in a text: "10 March 2026". */
export function phraseDay(at: number, zone: string): string {
  const known = days.get(zone);
  const parts = { day: "numeric", month: "long", year: "numeric" } as const;
  const format = known ?? new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...parts });
  days.set(zone, format);
  return format.format(at);
}

export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

export function wallClockOf(at: number, zone: string): number {
  if (zone === "UTC") return at;
  const parts = new Map<string, string>();
  for (const { type, value } of formatOf(zone).formatToParts(at)) parts.set(type, value);
  const read = (type: string): number => Number(parts.get(type));
  const year = parts.get("era") === "BC" ? 1 - read("year") : read("year");
  const wall = new Date(0);
  wall.setUTCFullYear(year, read("month") - 1, read("day"));
  wall.setUTCHours(read("hour"), read("minute"), read("second"), ((at % 1000) + 1000) % 1000);
  return wall.getTime();
}

/** A time that the clock skips (spring) moves forward by the gap; one that it shows twice (autumn) is the first. */
export function instantOf(wall: number, zone: string): number {
  const day = 86_400_000;
  const offsetBefore = wallClockOf(wall - day, zone) - (wall - day);
  const offsetAfter = wallClockOf(wall + day, zone) - (wall + day);
  const first = wall - offsetBefore;
  const second = wall - offsetAfter;
  if (wallClockOf(first, zone) === wall) return first;
  return wallClockOf(second, zone) === wall ? second : first;
}
