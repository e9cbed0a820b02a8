import { Fault } from "#domain/fault.ts";

/** How often, and how long apart, a failing step is tried. Times in milliseconds. */
export interface RetryPolicy {
  /** Attempts in all, the first included. */
  readonly attempts: number;
  readonly firstMs: number;
  readonly factor: number;
  readonly longestMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = {
  attempts: 3,
  firstMs: 500,
  factor: 2,
  longestMs: 60_000,
};
export const NO_RETRY: RetryPolicy = { ...DEFAULT_RETRY, attempts: 1 };

/**
 * The wait before the attempt after `attempt`: exponential, with full jitter in its upper half so that
 * many that failed together do not come back together. @param random in [0, 1)
 */
function backoffMs(policy: RetryPolicy, attempt: number, random: number): number {
  const full = Math.min(policy.firstMs * policy.factor ** (attempt - 1), policy.longestMs);
  return Math.round(full / 2 + (full / 2) * random);
}

/** When the next attempt is due, in milliseconds from now; undefined: there is none. */
export function nextAttemptMs(
  error: unknown,
  policy: RetryPolicy,
  attempt: number,
  random: number,
): number | undefined {
  if (attempt >= policy.attempts) return undefined;
  if (!(error instanceof Fault)) return backoffMs(policy, attempt, random);
  if (error.retry === "never") return undefined;
  if (error.retry === "now") return 0;
  return Math.max(error.retryAfterMs ?? 0, backoffMs(policy, attempt, random));
}
