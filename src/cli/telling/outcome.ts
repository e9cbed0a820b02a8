/** The last line of a run: how it ended, what it used, how long it took. */
import type { InvocationItem } from "#contract/shapes/invocations.ts";

import { EXIT } from "../exit-codes.ts";
import { oneLine } from "./harmless.ts";
import { paint } from "./paint.ts";
import { type Money, phraseMoney, phraseMs, phraseTokens, type TokensTold } from "./phrases.ts";

export type Outcome = NonNullable<InvocationItem["outcome"]>;

/** Of one round, or of all of them. */
export interface Ended extends Money {
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly message: string | null;
  readonly tokens: TokensTold | null;
  readonly durationMs: number | null;
}

const SIGNS: Readonly<Record<Outcome, readonly [string, "green" | "red" | "yellow"]>> = {
  succeeded: ["✓", "green"],
  failed: ["✗", "red"],
  interrupted: ["✗", "red"],
  canceled: ["■", "yellow"],
};

/** One that used no model has no tokens and no cost to tell. */
export function phraseOutcome(id: string, ended: Ended, colours: boolean): string {
  const { outcome, reason, message, tokens, durationMs } = ended;
  const [sign, style] = SIGNS[outcome];
  const head = `${sign} ${outcome}`;
  const why = [
    ...(reason === null || reason === outcome ? [] : [` (${reason})`]),
    ...(message === null ? [] : [`: ${oneLine(message).slice(0, 300)}`]),
  ].join("");
  const figures = [
    ...(usedNothing(ended) ? [] : [phraseTokens(tokens), phraseMoney(ended)]),
    ...(durationMs === null ? [] : [phraseMs(durationMs)]),
    id,
  ];
  return `${colours ? paint(style, head) : head}${why} · ${figures.join(" · ")}`;
}

function usedNothing({ tokens, cost, costUnknown }: Ended): boolean {
  return tokens === null && cost === null && costUnknown === 0;
}

/** What scripts hear of how it ended, beside what the command line itself has to say. */
export function exitCodeOfRound(round: {
  readonly outcome: Outcome | null;
  readonly reason: string | null;
  readonly exitCode: number | null;
}): number {
  const { outcome, reason, exitCode } = round;
  if (outcome === "succeeded") return EXIT.done;
  if (outcome === "canceled") return EXIT.interrupted;
  if (reason === "limit" || reason === "budget") return EXIT.limit;
  return exitCode === null || exitCode === 0 ? EXIT.failed : exitCode;
}
