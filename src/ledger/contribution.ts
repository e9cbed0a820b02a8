/**
 * What one ended execution adds to the roll-ups: a commutative sum, so that any order of adding, and
 * adding again after a rebuild, gives the same rows.
 */
import type { Figures } from "#domain/facts.ts";
import { bucketOf } from "#domain/sketch.ts";
import { type Spending, TOKEN_KINDS, type TokenKind } from "#domain/spending.ts";

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
  /** What it did and spent, by name; for most it is nothing. */
  readonly totals: readonly Total[];
}
export type Total = readonly [name: string, n: number];

/** The names under which spending is summed, beside the figures. */
export const SPENT = {
  cost: "spent.cost",
  unknown: "spent.unknown",
  tokens: (kind: TokenKind): string => `spent.${kind}`,
} as const;

/** What of an ended execution counts. */
export interface Contributing extends Pick<
  EndedRow,
  "startedAt" | "waitedMs" | "steps" | "retries" | "warnings" | "figures" | "spending" | "day"
> {
  readonly identity: Pick<Identity, "ws" | "agent" | "kind">;
}

const HOUR = 3_600_000;

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
    totals: totalsOf(row),
  };
}

const NOTHING: readonly Total[] = [];

function totalsOf({ figures, spending }: Contributing): readonly Total[] {
  if (figures === null && spending === null) return NOTHING;
  const did = figures === null ? NOTHING : Object.entries(JSON.parse(figures) as Figures);
  const spent = spending === null ? NOTHING : spentTotals(spending);
  return [...did.filter(([, n]) => n !== 0 && Number.isSafeInteger(n)), ...spent];
}

function spentTotals({ cost, unknown, tokens }: Spending): readonly Total[] {
  const counts: readonly Total[] = [
    [SPENT.unknown, unknown],
    ...TOKEN_KINDS.map((kind): Total => [SPENT.tokens(kind), tokens[kind]]),
  ];
  const some = counts.filter(([, n]) => n !== 0);
  return cost === null ? some : [[SPENT.cost, cost], ...some]; // a known cost of 0 is known
}
