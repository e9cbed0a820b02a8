/** The last line of a run: how it ended, what it used, how long it took. */
import type { Invocation, InvocationRound } from "#contract/shapes/invocations.ts";

import { EXIT } from "../exit-codes.ts";
import { oneLine } from "./harmless.ts";
import { paint } from "./paint.ts";
import { type Money, phraseMoney, phraseMs, phraseTokens, type TokensTold } from "./phrases.ts";

export type Outcome = NonNullable<Invocation["outcome"]>;

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

function usedNothing({
  tokens,
  cost,
  costUnknown,
}: Pick<Ended, "tokens" | "cost" | "costUnknown">): boolean {
  return tokens === null && cost === null && costUnknown === 0;
}

/** The last round, how it was and what to do about it; and where there were several, what they came to. */
export function phraseEnd(invocation: Invocation, colours: boolean): readonly string[] {
  const { id, rounds, error } = invocation;
  const ended = endedOf(invocation);
  const hint = ended.outcome === "succeeded" ? undefined : error?.suggestion;
  return [
    phraseOutcome(id, ended, colours),
    ...(typeof hint === "string" ? [`  ${oneLine(hint)}`] : []),
    ...(rounds > 1 ? [`  ${rounds} rounds in all: ${phraseTotal(invocation)}`] : []),
  ];
}

/** One that never came to a round has the execution's own error to tell. */
function endedOf(invocation: Invocation): Ended {
  const { outcome, error } = invocation;
  const last = invocation.roundList.at(-1);
  const round = last ?? { ...invocation, reason: null, message: null };
  const how = round.outcome ?? outcome ?? "interrupted";
  // What an agent says of a cancel is noise: whoever canceled it knows why.
  const isClear = how === "succeeded" || how === "canceled";
  const message = isClear ? null : (round.message ?? error?.message ?? null);
  return { ...round, outcome: how, message };
}

function phraseTotal(invocation: Invocation): string {
  const { activeMs, tokens } = invocation;
  const used = usedNothing(invocation) ? [] : [phraseTokens(tokens), phraseMoney(invocation)];
  return [...used, ...(activeMs === null ? [] : [phraseMs(activeMs)])].join(" · ");
}

/** Of the last round. */
export function exitCodeOf({ roundList, outcome }: Invocation): number {
  return exitCodeOfRound(roundList.at(-1) ?? { outcome, reason: null, exitCode: null });
}

/** What scripts hear of how it ended, beside what the command line itself has to say. */
export function exitCodeOfRound(
  round: Pick<InvocationRound, "outcome" | "reason" | "exitCode">,
): number {
  const { outcome, reason, exitCode } = round;
  if (outcome === "succeeded") return EXIT.done;
  if (outcome === "canceled") return EXIT.interrupted;
  if (reason === "limit" || reason === "budget") return EXIT.limit;
  return exitCode === null || exitCode === 0 ? EXIT.failed : exitCode;
}
