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

/** Letters to add, drop, change or swap with their neighbour; counting stops at `limit`. */
export function countSlips(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = nextRow({ a, b, i }, row, before);
    if (Math.min(...next) >= limit) return limit;
    [before, row] = [row, next];
  }
  return Math.min(row[b.length] ?? limit, limit);
}

interface At {
  readonly a: string;
  readonly b: string;
  readonly i: number;
}

function nextRow(
  { a, b, i }: At,
  row: readonly number[],
  before: readonly number[],
): readonly number[] {
  const cost = (slips: number | undefined): number => slips ?? Number.POSITIVE_INFINITY;
  const next = [i];
  for (let j = 1; j <= b.length; j += 1) {
    const isSame = a[i - 1] === b[j - 1];
    const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    const swap = isSwap ? cost(before[j - 2]) + 1 : Number.POSITIVE_INFINITY;
    const change = cost(row[j - 1]) + (isSame ? 0 : 1);
    next.push(Math.min(cost(row[j]) + 1, cost(next[j - 1]) + 1, change, swap));
  }
  return next;
}
