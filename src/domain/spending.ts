/** What an execution spent on models and services. What is not known is counted, never taken for 0. */
import { Fault } from "./fault.ts";
import { nanoDollars } from "./money.ts";

export const TOKEN_KINDS = ["input", "cacheRead", "cacheWrite", "output"] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];
export type Tokens = Readonly<Record<TokenKind, number>>;

export interface Spending {
  /** Nano-dollars, as far as they are known; null: none are. */
  readonly cost: number | null;
  /** How often it was not known what something cost. */
  readonly unknown: number;
  readonly tokens: Tokens;
}

export const NO_TOKENS: Tokens = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0 };

/** What is spent at once, as a program says it. */
export interface Spent {
  /** In dollars; null: it is not known. */
  readonly dollars: number | null;
  readonly tokens?: Partial<Tokens>;
  /** How often a cost was not known; left out: once where `dollars` is null. */
  readonly unknown?: number;
}

/** @throws Fault `bad_request` for what is no amount, or no count of tokens */
export function readSpent(path: string, { dollars, tokens = {}, unknown }: Spent): Spending {
  return {
    cost: dollars === null ? null : nanoOf(path, dollars),
    unknown: countOf(path, "unknown", unknown ?? (dollars === null ? 1 : 0)),
    tokens: tokensOf((kind) => countOf(path, kind, tokens[kind] ?? 0)),
  };
}

function nanoOf(path: string, dollars: number): number {
  const nano = Number.isFinite(dollars) ? Number(nanoDollars(dollars)) : Number.NaN;
  if (nano >= 0 && Number.isSafeInteger(nano)) return nano;
  throw new Fault("bad_request", `"${path}" spends no amount of dollars: ${dollars}.`, {
    suggestion: "Give a number from 0, or null where it is not known.",
  });
}

function countOf(path: string, what: TokenKind | "unknown", count: number): number {
  if (count >= 0 && Number.isSafeInteger(count)) return count;
  const of = what === "unknown" ? "unknown costs" : `${what} tokens`;
  throw new Fault("bad_request", `"${path}" spends no number of ${of}: ${count}.`, {
    suggestion: "Give whole numbers from 0.",
  });
}

function tokensOf(count: (kind: TokenKind) => number): Tokens {
  const [input, cacheRead, cacheWrite, output] = TOKEN_KINDS.map(count) as [
    number,
    number,
    number,
    number,
  ];
  return { input, cacheRead, cacheWrite, output };
}

/** What a fact `spent` says. */
export function spendingOf({
  cost,
  tokens = NO_TOKENS,
  unknown = cost === null ? 1 : 0,
}: {
  readonly cost: number | null;
  readonly tokens?: Tokens;
  readonly unknown?: number;
}): Spending {
  return { cost, unknown, tokens };
}

/** In any order and any grouping the same; null: nothing was spent. */
export function addSpending(
  one: Spending | null | undefined,
  other: Spending | null | undefined,
): Spending | null {
  if (one === null || one === undefined) return other ?? null;
  if (other === null || other === undefined) return one;
  return {
    cost: one.cost === null ? other.cost : one.cost + (other.cost ?? 0),
    unknown: one.unknown + other.unknown,
    tokens: tokensOf((kind) => one.tokens[kind] + other.tokens[kind]),
  };
}
