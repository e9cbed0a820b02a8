/** Which of the names that there are somebody may have meant: "Did you mean 'Outbound v2'?" */
import { bare } from "./comparing.ts";

/** Longer names are compared by their beginning; nobody can tell what was meant among more. */
const LONGEST_NAME = 60;
const MOST_NAMES = 5000;
/** Shorter ones begin too many others. */
const SHORTEST_BEGINNING = 4;

/** The nearest one: with the fewest slips of the pen, else one that begins like it; undefined where none is near. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const key = keyOf(name);
  let best: string | undefined;
  let least = slipsAllowed(key.length) + 1;
  let seen = 0;
  for (const one of names) {
    if ((seen += 1) > MOST_NAMES) break;
    const slips = slipsBetween(key, keyOf(one), least);
    if (slips >= least) continue;
    best = one;
    least = slips;
  }
  return best;
}

function keyOf(name: string): string {
  return bare(name)
    .replaceAll(/[\s_'"-]+/g, "")
    .slice(0, LONGEST_NAME);
}

function slipsAllowed(length: number): number {
  return length < 4 ? 1 : Math.min(4, Math.floor(length / 3));
}

/** A name that begins like the other counts as far as it can be: any real slip of the pen is nearer. */
function slipsBetween(key: string, other: string, limit: number): number {
  if (key === "" || other === "") return limit;
  const slips = countSlips(key, other, limit);
  if (slips < limit) return slips;
  const shorter = Math.min(key.length, other.length);
  const isBeginning = key.startsWith(other) || other.startsWith(key);
  return isBeginning && shorter >= SHORTEST_BEGINNING ? limit - 0.5 : limit;
}

/**
 * Letters to add, drop, change or swap with their neighbour; counting stops at `limit`. Only what lies so near to the
 * diagonal can stay below it.
 */
export function countSlips(a: string, b: string, limit: number): number {
  const band = Math.ceil(limit) - 1;
  if (Math.abs(a.length - b.length) > band) return limit;
  let before = new Float64Array(b.length + 2).fill(limit);
  let row = Float64Array.from(before, (_, j) => Math.min(j, limit));
  let next = new Float64Array(b.length + 2);
  for (let i = 1; i <= a.length; i += 1) {
    const least = fillRow({ a, b, i, band, limit }, { before, row, next });
    if (least >= limit) return limit;
    [before, row, next] = [row, next, before];
  }
  return Math.min(row[b.length] ?? limit, limit);
}

interface At {
  readonly a: string;
  readonly b: string;
  readonly i: number;
  readonly band: number;
  readonly limit: number;
}

interface Rows {
  readonly before: Float64Array;
  readonly row: Float64Array;
  readonly next: Float64Array;
}

/** The least that stands in the row. */
function fillRow(at: At, rows: Rows): number {
  const { b, i, band, limit } = at;
  const { next } = rows;
  const [from, to] = [Math.max(1, i - band), Math.min(b.length, i + band)];
  let least = from === 1 ? Math.min(i, limit) : limit;
  next[from - 1] = least;
  for (let j = from; j <= to; j += 1) {
    const slips = slipsAt(at, j, rows);
    next[j] = slips;
    least = Math.min(least, slips);
  }
  next[to + 1] = limit;
  return least;
}

function slipsAt({ a, b, i, limit }: At, j: number, { before, row, next }: Rows): number {
  const of = (cells: Float64Array, place: number): number => cells[place] ?? limit;
  const changed = of(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
  const swapped = isSwap(a, b, i, j) ? of(before, j - 2) + 1 : limit;
  return Math.min(changed, swapped, of(row, j) + 1, of(next, j - 1) + 1, limit);
}

function isSwap(a: string, b: string, i: number, j: number): boolean {
  return i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
}
