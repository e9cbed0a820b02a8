/** Figures as people read them. What is not known is said, and never shown as 0. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "842 ms", "7.3 s", "12 min 5 s", "3 h 10 min", "2 d 4 h" */
export function phraseMs(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ${Math.floor((ms % MINUTE) / SECOND)} s`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ${Math.floor((ms % HOUR) / MINUTE)} min`;
  return `${Math.floor(ms / DAY)} d ${Math.floor((ms % DAY) / HOUR)} h`;
}

/** As a clock that runs: "0:07", "12:05", "3:10:00" */
export function clockOf(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / SECOND);
  const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown
    .map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, "0")))
    .join(":");
}

/** To the second, in UTC: "2026-01-05 09:00:00" */
export function phraseTime(iso: string): string {
  return iso.slice(0, 19).replace("T", " ");
}

const UNITS = ["", "k", "M", "G"] as const;

/** "950", "1.2k", "34.5k", "210k", "1.3M"; what is not known is "–". */
export function phraseCount(count: number | null): string {
  if (count === null) return "–";
  let value = count;
  let unit = 0;
  // What would be rounded up to 1000 of one unit is 1 of the next.
  while (Math.abs(value) >= (unit === 0 ? 1000 : 999.5) && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || Math.abs(value) >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)}${UNITS[unit]}`;
}

const SIZES = ["B", "KB", "MB", "GB", "TB"] as const;

/** "512 B", "3.4 MB"; what is not known is "–". */
export function phraseBytes(bytes: number | null): string {
  if (bytes === null) return "–";
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= (unit === 0 ? 1024 : 1023.5) && unit < SIZES.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || Math.abs(value) >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${SIZES[unit]}`;
}

export interface Money {
  /** Dollars, exact; null: nothing is known. */
  readonly cost: string | null;
  readonly costUnknown: number;
  readonly notional?: boolean;
}

/** To the digit: "$0.00408 (1 not known)"; a subscription's is told as such. */
export function phraseMoney({ cost, costUnknown, notional = false }: Money): string {
  if (cost === null) return "cost not known";
  const unknown = costUnknown === 0 ? "" : ` (${costUnknown} not known)`;
  return `$${cost}${notional ? " under a subscription" : ""}${unknown}`;
}

/** For columns: four digits behind the point at the most; never rounded to nothing. */
export function phraseMoneyShort({ cost, costUnknown }: Money): string {
  if (cost === null) return costUnknown > 0 ? "unknown" : "–";
  const dollars = Number(cost);
  const shown = dollars > 0 && dollars < 0.0001 ? "<$0.0001" : `$${roundTo4(dollars)}`;
  return costUnknown === 0 ? shown : `${shown}+?`;
}

function roundTo4(dollars: number): string {
  return dollars.toFixed(4).replace(/(\.\d\d)(\d*?)0+$/, "$1$2");
}

export interface TokensTold {
  readonly input: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
  readonly output: number | null;
}

/** "1.2k in, 34.5k cached, 200 written to cache, 2.1k out" */
export function phraseTokens(tokens: TokensTold | null): string {
  if (tokens === null) return "tokens not known";
  const { input, cacheRead, cacheWrite, output } = tokens;
  const parts = [
    `${phraseCount(input)} in`,
    ...(cacheRead === null || cacheRead === 0 ? [] : [`${phraseCount(cacheRead)} from cache`]),
    ...(cacheWrite === null || cacheWrite === 0 ? [] : [`${phraseCount(cacheWrite)} to cache`]),
    `${phraseCount(output)} out`,
  ];
  return parts.join(", ");
}
