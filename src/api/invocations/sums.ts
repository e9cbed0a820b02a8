/** Sums over the rounds of an invocation: those that are over, and the one that goes on. */
import { addTokens, type TokenCounts } from "#agent-cli/tokens.ts";
import type { InvocationTokens } from "#contract/shapes/invocations.ts";
import { decimalDollars } from "#domain/money.ts";
import { type RoundFigures, tokensOf } from "#drivers/invocation/account.ts";
import type { LiveRound } from "#drivers/invocation/live.ts";

import type { Told } from "./told.ts";

/** What a round used, whether it is over or not. */
export interface Used {
  readonly nano: bigint | null;
  readonly costUnknown: number;
  readonly notional: boolean;
  readonly tokens: TokenCounts | null;
  readonly session: string | null;
  readonly model: string | null;
  readonly activeMs: number;
}

export function usedBy(told: Told, live: LiveRound | undefined, now: number): readonly Used[] {
  const over = [...told.over].toSorted(([one], [other]) => one - other);
  const used = over.flatMap(([, { figures }]) => (figures === null ? [] : [usedIn(figures)]));
  return live === undefined || told.over.has(live.number) ? used : [...used, usedNow(live, now)];
}

export function usedIn({ nano, startedAt, completedAt, ...figures }: RoundFigures): Used {
  const { costUnknown, notional, tokens, session, model } = figures;
  const activeMs = startedAt === null || completedAt === null ? 0 : completedAt - startedAt;
  const known = { costUnknown, notional, tokens, session, model, activeMs };
  return { ...known, nano: nano === null ? null : BigInt(nano) };
}

export function usedNow({ progress, startedAt }: LiveRound, now: number): Used {
  const { round, notional } = progress;
  const { nano, unknownCosts, session, model } = round;
  const activeMs = startedAt === null ? 0 : Math.max(0, now - startedAt);
  const tokens = tokensOf(round);
  return { nano, costUnknown: unknownCosts, notional, tokens, session, model, activeMs };
}

export interface Money {
  readonly cost: string | null;
  readonly costUnknown: number;
  readonly notional: boolean;
  readonly tokens: InvocationTokens | null;
}

export function moneyOf(all: readonly Used[]): Money {
  let nano: bigint | null = null;
  let tokens: TokenCounts | null = null;
  for (const used of all) {
    if (used.nano !== null) nano = (nano ?? 0n) + used.nano;
    if (used.tokens !== null)
      tokens = tokens === null ? used.tokens : addTokens(tokens, used.tokens);
  }
  return {
    cost: nano === null ? null : decimalDollars(nano),
    costUnknown: all.reduce((sum, { costUnknown }) => sum + costUnknown, 0),
    notional: all.some(({ notional }) => notional),
    tokens: tokens === null ? null : showTokens(tokens),
  };
}

function showTokens({ input, cacheRead, cacheWrite, output, reasoning }: TokenCounts) {
  return { input, cacheRead, cacheWrite, output, reasoning };
}
