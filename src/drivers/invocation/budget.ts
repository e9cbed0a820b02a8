/** What an invocation may cost: all of its rounds together, as far as its Agent CLI tells. */
import { decimalDollars, nanoDollars, showMoney } from "#domain/money.ts";

import type { FollowUp, Limits } from "./input.ts";

/** In nano-dollars. */
export interface Budget {
  readonly most: bigint;
  /** By the rounds before. */
  readonly spent: bigint;
}

/** What stands now: a follow-up may have come with another one. */
export function limitsAfter(
  limits: Limits | undefined,
  followUps: readonly (FollowUp | undefined)[],
): Limits {
  const cost = followUps.findLast((each) => each?.limits?.cost !== undefined)?.limits?.cost;
  return { ...limits, ...(cost !== undefined && { cost }) };
}

/** Undefined: it may cost whatever it does. */
export function budgetOf(
  { cost }: Limits = {},
  before: readonly { readonly nano: string | null }[],
): Budget | undefined {
  if (cost === undefined) return undefined;
  const spent = before.reduce((sum, { nano }) => sum + BigInt(nano ?? 0), 0n);
  return { most: nanoDollars(Number(cost)), spent };
}

export const isUsedUp = ({ most, spent }: Budget): boolean => spent >= most;

/** What a round may cost still, in dollars. */
export const dollarsLeft = ({ most, spent }: Budget): number =>
  Number(decimalDollars(most - spent));

export function phraseUsedUp({ most, spent }: Budget): string {
  return `has cost ${showMoney(spent)} and may cost ${showMoney(most)}`;
}

/** Of a round that nobody could stop in between; null: it stayed within. */
export function phraseOverspent(budget: Budget | undefined, nano: bigint | null): string | null {
  if (budget === undefined || nano === null) return null;
  const { most, spent } = budget;
  if (spent + nano <= most) return null;
  return `It has cost ${showMoney(spent + nano)} by now, and may cost ${showMoney(most)}: that was told when the round was over.`;
}
