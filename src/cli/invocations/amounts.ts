/** Amounts as people type them. */
import { InvalidArgumentError } from "commander";

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** "90", "90s", "10m", "1h30m", "2d": milliseconds; a bare number is seconds. */
export function readDuration(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return inMs(Number(text) * UNITS.s);
  if (!/^(\d+(\.\d+)?[smhd])+$/.test(text)) {
    throw new InvalidArgumentError("It is a duration such as 90s, 10m or 1h30m.");
  }
  const parts = [...text.matchAll(/([\d.]+)([smhd])/g)];
  return inMs(parts.reduce((sum, [, n, unit]) => sum + Number(n) * UNITS[unit as "s"], 0));
}

function inMs(ms: number): number {
  if (ms >= 1000) return Math.round(ms);
  throw new InvalidArgumentError("It is a second at the least.");
}

const SIZES = { k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 } as const;

/** "512MB", "2G": bytes, in powers of 1024. */
export function readBytes(text: string): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?)([kmgt])(?:i?b)?$/i.exec(text) ?? [];
  if (count === undefined || unit === undefined) {
    throw new InvalidArgumentError("It is a size such as 512MB or 2GB.");
  }
  return Math.round(Number(count) * SIZES[unit.toLowerCase() as "k"]);
}

/** "0.50", "$2": dollars. */
export function readDollars(text: string): string {
  const dollars = text.replace(/^\$/, "");
  if (/^\d{1,6}(\.\d{1,9})?$/.test(dollars) && Number(dollars) > 0) return dollars;
  throw new InvalidArgumentError("It is an amount of dollars such as 0.50.");
}
