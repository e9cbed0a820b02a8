import { decimalDollars } from "#domain/money.ts";
import type { Spending, Tokens } from "#domain/spending.ts";

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
