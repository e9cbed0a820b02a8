/** Asks a model with bounded patience: a deadline for each try and one for all, few tries, the provider's own delay kept. */
import type { Clock } from "#domain/clock.ts";

import type { Chat, Said, Turn } from "./chat.ts";
import { type Trouble, troubleOf, TROUBLES } from "./troubles.ts";

export interface Patience {
  readonly clock: Clock;
  /** Of each try. */
  readonly timeoutMs: number;
  /** Never told in what is said of a failure. */
  readonly secret: string;
}

export type Asked = { readonly said: Said } | { readonly trouble: Trouble };

/** Milliseconds before the second try and the third. */
const BACKOFF: readonly number[] = [1000, 2000];
/** A person waits for the answer: a provider that wants to be left alone for longer is given up. */
const LONGEST_PAUSE = 10_000;
/** All that is asked about one text, in times of one try. */
const WHOLE = 2;

/** By when all that is asked about one text has to be answered. */
export const lastMoment = ({ clock, timeoutMs }: Patience): number =>
  clock.now() + WHOLE * timeoutMs;

export async function ask(
  chat: Chat,
  turns: readonly Turn[],
  patience: Patience,
  until: number,
): Promise<Asked> {
  const { clock } = patience;
  for (let number = 0; ; number += 1) {
    const timeoutMs = Math.min(patience.timeoutMs, until - clock.now());
    const asked = await askOnce(chat, turns, { ...patience, timeoutMs });
    const pause = "trouble" in asked ? pauseAfter(asked.trouble, number) : undefined;
    if (pause === undefined || clock.now() + pause >= until) return asked;
    await pass(clock, pause);
  }
}

function pauseAfter({ kind, retryAfterMs = 0 }: Trouble, number: number): number | undefined {
  const backoff = TROUBLES[kind].again ? BACKOFF[number] : undefined;
  if (backoff === undefined || retryAfterMs > LONGEST_PAUSE) return undefined;
  return Math.max(backoff, retryAfterMs);
}

async function pass({ now, at }: Clock, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  at(now() + ms, resolve);
  await promise;
}

async function askOnce(chat: Chat, turns: readonly Turn[], patience: Patience): Promise<Asked> {
  const { clock, timeoutMs, secret } = patience;
  const giveUp = new AbortController();
  const { promise: late, resolve } = Promise.withResolvers<Asked>();
  const takeBack = clock.at(clock.now() + timeoutMs, () => {
    resolve({ trouble: { kind: "slow" } });
    giveUp.abort();
  });
  const answered = chat.ask(turns, giveUp.signal).then(
    (said): Asked => ({ said }),
    (error: unknown): Asked => ({ trouble: troubleOf(error, secret) }),
  );
  try {
    return await Promise.race([late, answered]);
  } finally {
    takeBack();
  }
}
