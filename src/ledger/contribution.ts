/**
 * What one ended execution adds to the roll-ups: a commutative sum, so that any order of adding, and
 * adding again after a rebuild, gives the same rows.
 */
import type { EndedRow, Identity } from "./items.ts";

export interface RollupSum {
  n: number;
  durationMs: number;
  activeMs: number;
  steps: number;
  retries: number;
  warnings: number;
}
export interface RollupKey {
  readonly ws: number;
  readonly agent: number;
  readonly kind: string;
  readonly state: string;
  readonly span: "h" | "d";
  readonly start: number;
}
export interface Contribution {
  readonly keys: readonly RollupKey[];
  readonly sum: RollupSum;
  /** The log-bucket of its duration; null where it never started. */
  readonly bucket: number | null;
}

/** What of an ended execution counts. */
export interface Contributing extends Pick<
  EndedRow,
  "startedAt" | "waitedMs" | "steps" | "retries" | "warnings" | "day"
> {
  readonly identity: Pick<Identity, "ws" | "agent" | "kind">;
}

const HOUR = 3_600_000;

/**
 * Buckets grow by 2 % (relative error of a quantile under 1 %), as in DDSketch; bucket b holds
 * durations in (1.02^(b-1), 1.02^b] milliseconds, bucket 0 everything up to one.
 */
const LOG_GROWTH = Math.log(1.02);
function bucketOf(ms: number): number {
  return ms <= 1 ? 0 : Math.ceil(Math.log(ms) / LOG_GROWTH - 1e-9);
}

/** The middle of a bucket, in milliseconds. */
export function valueOf(bucket: number): number {
  return bucket === 0 ? 1 : Math.exp((bucket - 0.5) * LOG_GROWTH);
}

export function contribution(row: Contributing, state: string, endedAt: number): Contribution {
  const { ws, agent, kind } = row.identity;
  const durationMs = row.startedAt === null ? 0 : endedAt - row.startedAt;
  const activeMs = Math.max(0, durationMs - row.waitedMs);
  const { steps, retries, warnings } = row;
  return {
    keys: [
      { ws, agent, kind, state, span: "h", start: Math.floor(endedAt / HOUR) },
      { ws, agent, kind, state, span: "d", start: row.day },
    ],
    sum: { n: 1, durationMs, activeMs, steps, retries, warnings },
    bucket: row.startedAt === null ? null : bucketOf(activeMs),
  };
}
