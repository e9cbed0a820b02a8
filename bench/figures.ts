/** What a workload has measured, and the arithmetic that all workloads share. */

export interface Figures {
  readonly workload: string;
  readonly perSecond?: number | undefined;
  readonly p50Ms?: number | undefined;
  readonly p99Ms?: number | undefined;
  readonly [more: string]: number | string | boolean | readonly number[] | undefined;
}

export const round = (value: number, digits = 0): number => {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
};

/** The smallest value that at least the share `q` of all values does not exceed. */
export function quantile(values: ArrayLike<number>, q: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = Float64Array.from(values).toSorted();
  const rank = Math.max(Math.ceil(q * sorted.length), 1);
  return sorted[rank - 1] ?? Number.NaN;
}

/** Readings of a growing count at growing times, as a rate for each span between two of them. */
export function ratesOf(
  readings: readonly { readonly atMs: number; readonly count: number }[],
): readonly number[] {
  return readings.slice(1).map(({ atMs, count }, index) => {
    const before = readings[index];
    if (before === undefined || atMs <= before.atMs) return 0;
    return round(((count - before.count) * 1000) / (atMs - before.atMs));
  });
}

/** For people: a line a figure. */
export function tableOf(figures: Figures): readonly string[] {
  const shown = Object.entries(figures).filter(([, value]) => value !== undefined);
  const width = Math.max(...shown.map(([name]) => name.length));
  return shown.map(([name, value]) => `${name.padEnd(width)}  ${textOf(value)}`);
}

function textOf(value: Figures[string]): string {
  if (typeof value === "number") return value.toLocaleString("en-US");
  if (Array.isArray(value))
    return value.map((one: number) => one.toLocaleString("en-US")).join("  ");
  return String(value);
}
