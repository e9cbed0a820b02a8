/** Times and durations in words. Exact ones are in the workspace's zone. */
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "420 ms", "12 s", "3 min 20 s", "2 h 5 min", "5 d 3 h". */
export function phraseMs(ms: number): string {
  if (ms < SECOND) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10 * SECOND) return `${(ms / SECOND).toFixed(1)} s`;
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return pair(ms, MINUTE, "min", SECOND, "s");
  if (ms < DAY) return pair(ms, HOUR, "h", MINUTE, "min");
  return pair(ms, DAY, "d", HOUR, "h");
}

function pair(ms: number, big: number, bigUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((ms % big) / small);
  const head = `${Math.floor(ms / big)} ${bigUnit}`;
  return rest === 0 ? head : `${head} ${rest} ${smallUnit}`;
}

/** "just now", "3 min ago", "in 5 days". */
export function phraseWhen(at: number, now: number): string {
  const distance = Math.abs(now - at);
  if (distance < 5 * SECOND) return "just now";
  const length = phraseLength(distance);
  return at <= now ? `${length} ago` : `in ${length}`;
}

function phraseLength(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  const days = Math.round(ms / DAY);
  return days === 1 ? "1 day" : `${days} days`;
}

/** "Sat 21 Nov 2026, 04:12:33 (Europe/Berlin)". */
export function phraseExact(at: number, zone: string): string {
  const text = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).format(at);
  return `${text} (${zone})`;
}

/** "21 Nov, 04:12"; with its year where that is another one. */
export function phraseMoment(at: number, zone: string, now: number): string {
  const yearOf = (time: number): string =>
    new Intl.DateTimeFormat("en-GB", { timeZone: zone, year: "numeric" }).format(time);
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    ...(yearOf(at) === yearOf(now) ? {} : { year: "numeric" }),
  }).format(at);
}

export function phraseDay(day: string): string {
  const at = Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(at)) return day;
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    year: "numeric",
  }).format(at);
}
