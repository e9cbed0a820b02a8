import { decimalDollars } from "#domain/money.ts";
import { NO_TOKENS, type Spending, type Tokens } from "#domain/spending.ts";

export interface ShownSpending {
  cost: string | null;
  costUnknown: number;
  tokens: Tokens | null;
}

/** What is not known is never shown as 0. */
export function showSpending(spending: Spending | null): ShownSpending {
  if (spending === null) return { cost: null, costUnknown: 0, tokens: null };
  const { cost, unknown, tokens } = spending;
  return {
    cost: cost === null ? null : decimalDollars(BigInt(cost)),
    costUnknown: unknown,
    tokens,
  };
}

/** As a row of an ended execution keeps it. @param tokens JSON */
export function readSpending(
  cost: number | null,
  unknown: number | null,
  tokens: string | null,
): Spending | null {
  if (unknown === null) return null;
  return { cost, unknown, tokens: tokens === null ? NO_TOKENS : (JSON.parse(tokens) as Tokens) };
}
