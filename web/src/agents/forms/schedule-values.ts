/** A schedule as a form holds it, and the cron expression that it stands for. */
export const RHYTHMS = ["daily", "weekdays", "weekly", "monthly", "cron"] as const;
export type Rhythm = (typeof RHYTHMS)[number];

export interface ScheduleValues {
  readonly rhythm: Rhythm;
  /** Of `weekly`: Sunday is "0". */
  readonly weekdays: readonly string[];
  /** Of `monthly`. */
  readonly day: number;
  /** "09:00". */
  readonly time: string;
  /** Of `cron`. */
  readonly cron: string;
}

const AT_NINE: ScheduleValues = {
  rhythm: "daily",
  weekdays: ["1"],
  day: 1,
  time: "09:00",
  cron: "0 9 * * *",
};

const SIMPLE = /^(\d{1,2}) (\d{1,2}) (\*|\d{1,2}) \* (\*|1-5|[0-6](?:,[0-6])*)$/;

/** An expression that no rhythm stands for is kept as it is written. */
export function scheduleValuesOf(cron: string | undefined): ScheduleValues {
  if (cron === undefined) return AT_NINE;
  const [, minute = "", hour = "", day = "", weekday = ""] = SIMPLE.exec(cron) ?? [];
  const rhythm = rhythmOf(day, weekday);
  if (rhythm === undefined) return { ...AT_NINE, rhythm: "cron", cron };
  return {
    rhythm,
    weekdays: rhythm === "weekly" ? weekday.split(",") : AT_NINE.weekdays,
    day: rhythm === "monthly" ? Number(day) : AT_NINE.day,
    time: `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`,
    cron,
  };
}

function rhythmOf(day: string, weekday: string): Rhythm | undefined {
  if (day === "") return undefined;
  if (day !== "*") return weekday === "*" ? "monthly" : undefined;
  if (weekday === "*") return "daily";
  return weekday === "1-5" ? "weekdays" : "weekly";
}

export function cronOf({ rhythm, weekdays, day, time, cron }: ScheduleValues): string {
  if (rhythm === "cron") return cron.trim();
  const [hour = 9, minute = 0] = time.split(":").map(Number);
  const days = rhythm === "monthly" ? String(day) : "*";
  const on = { daily: "*", weekdays: "1-5", weekly: weekdays.toSorted().join(","), monthly: "*" };
  return `${minute} ${hour} ${days} * ${on[rhythm]}`;
}
