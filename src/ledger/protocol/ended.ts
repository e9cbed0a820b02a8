/** An ended execution's row, as the sums need it. */
import { NO_TOKENS, type Spending, type Tokens } from "#domain/spending.ts";

import type { Contributing } from "../contribution.ts";

export const READ_ENDED = `select ws, agent, kind, state, started_at as "startedAt", ended_at as "endedAt",
  waited_ms as "waitedMs", steps, retries, warnings, figures, cost, cost_unknown as unknown, tokens`;

export interface EndedNumbers {
  readonly ws: number;
  readonly agent: number;
  readonly kind: string;
  readonly state: string;
  readonly startedAt: number | null;
  readonly endedAt: number;
  readonly waitedMs: number;
  readonly steps: number;
  readonly retries: number;
  readonly warnings: number;
  readonly figures: string | null;
  readonly cost: number | null;
  /** Null: nothing was spent. */
  readonly unknown: number | null;
  readonly tokens: string | null;
}

/** PostgreSQL answers big integers as text. */
export function contributingOf(row: EndedNumbers, day: number): Contributing {
  return {
    identity: { ws: Number(row.ws), agent: Number(row.agent), kind: row.kind },
    startedAt: row.startedAt === null ? null : Number(row.startedAt),
    waitedMs: Number(row.waitedMs),
    steps: Number(row.steps),
    retries: Number(row.retries),
    warnings: Number(row.warnings),
    figures: row.figures,
    spending: spendingOf(row),
    day,
  };
}

function spendingOf({ cost, unknown, tokens }: EndedNumbers): Spending | null {
  if (unknown === null) return null;
  return {
    cost: cost === null ? null : Number(cost),
    unknown: Number(unknown),
    tokens: tokens === null ? NO_TOKENS : (JSON.parse(tokens) as Tokens),
  };
}
