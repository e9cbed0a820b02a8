import type { FactOf } from "#domain/facts.ts";
import { readSpent, type Spent } from "#domain/spending.ts";

/** @throws Fault `bad_request` for what is no amount */
export function spentFact(path: string, spent: Spent): FactOf<"spent"> {
  const { cost, tokens, unknown } = readSpent(path, spent);
  return {
    t: "spent",
    path,
    cost,
    ...(spent.tokens !== undefined && { tokens }),
    ...(spent.unknown !== undefined && { unknown }),
  };
}
