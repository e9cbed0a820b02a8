/**
 * Running totals of a session, told apart by model. Some Agent CLIs tell what the whole session has
 * used, also when a later process goes on with it: what is new is the difference to the last figure.
 * A figure below the last one began again at 0 (a version that counts by process), so all of it is
 * new. One that says nothing but zeros after something was counted says nothing.
 */
import type { Counting } from "./events.ts";
import { ownIn } from "./fields.ts";
import {
  addTokens,
  hasFallen,
  isBlank,
  NOT_SAID,
  tokensSince,
  type TokenCounts,
} from "./tokens.ts";

/** Plain JSON: kept between the rounds of a session. */
export interface Counters {
  readonly session: string | null;
  readonly tokens: Readonly<Record<string, TokenCounts>>;
  /** Nano-dollars, in digits. */
  readonly nano: Readonly<Record<string, string>>;
}

export const NO_COUNTERS: Counters = { session: null, tokens: {}, nano: {} };

export interface Counted<T> {
  readonly counting: Counting;
  readonly value: T;
  readonly counters: Counters;
}

const ANY_MODEL = "";

export function countTokens(
  counters: Counters,
  model: string | null,
  now: TokenCounts,
): Counted<TokenCounts> {
  const key = model ?? ANY_MODEL;
  const last = ownIn(counters.tokens, key);
  const kept = { ...counters, tokens: { ...counters.tokens, [key]: now } };
  if (last === undefined) return { counting: "difference", value: now, counters: kept };
  if (isBlank(now) && !isBlank(last)) return { counting: "difference", value: NOT_SAID, counters };
  if (hasFallen(now, last)) return { counting: "restarted", value: now, counters: kept };
  return { counting: "difference", value: tokensSince(now, last), counters: kept };
}

export function countNano(
  counters: Counters,
  model: string | null,
  now: bigint,
): Counted<bigint | null> {
  const key = model ?? ANY_MODEL;
  const last = BigInt(ownIn(counters.nano, key) ?? 0);
  const kept = { ...counters, nano: { ...counters.nano, [key]: String(now) } };
  if (now === 0n && last > 0n) return { counting: "difference", value: null, counters };
  if (now < last) return { counting: "restarted", value: now, counters: kept };
  return { counting: "difference", value: now - last, counters: kept };
}

/** Counters are a session's own: those of another one are forgotten. */
export function countersOf(counters: Counters, session: string): Counters {
  if (counters.session === session) return counters;
  return counters.session === null ? { ...counters, session } : { ...NO_COUNTERS, session };
}

/** What is told for a stretch alone moves the totals, too, in case a later version tells those. */
export function addToCounters(
  counters: Counters,
  model: string | null,
  tokens: TokenCounts,
): Counters {
  const key = model ?? ANY_MODEL;
  const before = ownIn(counters.tokens, key) ?? NOT_SAID;
  return { ...counters, tokens: { ...counters.tokens, [key]: addTokens(before, tokens) } };
}
