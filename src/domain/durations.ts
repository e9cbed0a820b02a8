import { instantOf, wallClockOf } from "./zones.ts";

/**
 * An ISO 8601 duration, perhaps signed. Hours, minutes and seconds are elapsed time; days, weeks, months and years
 * are calendar units, so five days later is the same time on the wall clock, whatever daylight saving does between.
 */
export interface Duration {
  readonly sign: 1 | -1;
  readonly years: number;
  readonly months: number;
  readonly weeks: number;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

type Unit = Exclude<keyof Duration, "sign">;

const UNITS: readonly Unit[] = ["years", "months", "weeks", "days", "hours", "minutes", "seconds"];

/** How long a unit counts where one figure is needed (a month has 30 days); never used to move a clock. */
const NOMINAL_SECONDS: Readonly<Record<Unit, number>> = {
  years: 365 * 86_400,
  months: 30 * 86_400,
  weeks: 7 * 86_400,
  days: 86_400,
  hours: 3600,
  minutes: 60,
  seconds: 1,
};

const LONGEST_WAIT_DAYS = 90;

const FORM =
  /^([+-])?P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,8})S)?)?$/;

export function parseDuration(text: string): Duration | undefined {
  const match = FORM.exec(text);
  if (match === null || !/\d/.test(text) || text.endsWith("T")) return undefined;
  const amount = (group: number): number => Number(match[group] ?? 0);
  return {
    sign: match[1] === "-" ? -1 : 1,
    years: amount(2),
    months: amount(3),
    weeks: amount(4),
    days: amount(5),
    hours: amount(6),
    minutes: amount(7),
    seconds: amount(8),
  };
}

/** The duration's length in seconds, with its sign, a month counting 30 days. */
export function nominalSeconds(duration: Duration): number {
  return (
    duration.sign * UNITS.reduce((sum, unit) => sum + duration[unit] * NOMINAL_SECONDS[unit], 0)
  );
}

/** "5 days", "2 hours 30 minutes", "7 days ago". */
export function phraseDuration(duration: Duration): string {
  const parts = UNITS.filter((unit) => duration[unit] > 0).map((unit) =>
    phraseAmount(duration[unit], unit),
  );
  const length = parts.length === 0 ? "0 seconds" : parts.join(" ");
  return duration.sign === -1 ? `${length} ago` : length;
}

function phraseAmount(amount: number, unit: Unit): string {
  return `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`;
}

/** What stands in the status of an execution that waits; users and their scripts match on these words. */
export function phraseResume(duration: Duration): string {
  return `Agent paused. Will resume in ${phraseDuration(duration)}.`;
}

/** Why this cannot be waited for, or undefined when it can. */
export function refuseWait(text: string): string | undefined {
  const duration = parseDuration(text);
  if (duration === undefined) return `"${text}" is not a duration`;
  const seconds = nominalSeconds(duration);
  if (seconds <= 0) return "A wait must last longer than nothing";
  if (seconds <= LONGEST_WAIT_DAYS * 86_400) return undefined;
  return `A wait lasts at most ${LONGEST_WAIT_DAYS} days; this one is ${phraseDuration(duration)}`;
}

/** The moment that lies `duration` after `at` on the calendar and the clock of `zone`. */
export function addDuration(at: number, duration: Duration, zone: string): number {
  const { sign } = duration;
  const months = sign * (duration.years * 12 + duration.months);
  const days = sign * (duration.weeks * 7 + duration.days);
  const elapsed = sign * (duration.hours * 3600 + duration.minutes * 60 + duration.seconds) * 1000;
  return moveCalendar(at, months, days, zone) + elapsed;
}

function moveCalendar(at: number, months: number, days: number, zone: string): number {
  if (months === 0 && days === 0) return at;
  const wall = new Date(wallClockOf(at, zone));
  const wanted = wall.getUTCDate();
  wall.setUTCDate(1);
  wall.setUTCMonth(wall.getUTCMonth() + months);
  wall.setUTCDate(Math.min(wanted, daysInMonth(wall)) + days);
  return instantOf(wall.getTime(), zone);
}

function daysInMonth(wall: Date): number {
  return new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + 1, 0)).getUTCDate();
}

/** Midnight, in `zone`, of the day that `at` belongs to. */
export function startOfDay(at: number, zone: string): number {
  const wall = new Date(wallClockOf(at, zone));
  return instantOf(wall.setUTCHours(0, 0, 0, 0), zone);
}
