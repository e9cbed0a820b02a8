/** A round that is over, as the API takes it into the history. */
import type { PastRound } from "#agent-cli/sessions/past.ts";
import { lastLines } from "#agent-cli/sessions/session-output.ts";
import type { ImportedRound } from "#contract/shapes/imports.ts";
import { decimalDollars } from "#domain/money.ts";

/** Below what the API takes at once. */
const MOST_BYTES = 900 * 1024;
const MOST_PROMPT = 200_000;
const MOST_TEXT = 262_144;
const MOST_MESSAGE = 4000;

/** What of a long one does not fit is left out: first of its output, then of its answer. */
export function roundBody(past: PastRound): ImportedRound {
  const whole = bodyOf(past);
  for (let { output, text } = whole; ; text = text.slice(-text.length / 2)) {
    for (; ; output = lastLines(output.split("\n").slice(0, -1), output.length / 2)) {
      const body = { ...whole, output, text };
      if (Buffer.byteLength(JSON.stringify(body)) <= MOST_BYTES) return body;
      if (output === "") break;
    }
  }
}

function bodyOf({
  prompt,
  startedAt,
  completedAt,
  round,
  verdict,
  costSource,
  output,
}: PastRound): ImportedRound {
  const { input, cacheRead, cacheWrite, output: out, reasoning } = round.tokens;
  const tokens = { input, cacheRead, cacheWrite, output: out, reasoning };
  const isTold = Object.values(tokens).some((count) => count !== null);
  return {
    prompt: prompt.slice(0, MOST_PROMPT),
    startedAt: new Date(startedAt).toISOString(),
    completedAt: new Date(completedAt).toISOString(),
    ...verdict,
    message: verdict.message?.slice(0, MOST_MESSAGE) ?? null,
    session: round.session,
    model: round.model,
    turns: round.end?.turns ?? null,
    text: round.text.slice(-MOST_TEXT),
    tokens: isTold ? tokens : null,
    cost: round.nano === null ? null : decimalDollars(round.nano),
    costUnknown: round.unknownCosts,
    notional: false,
    costSource,
    tools: { ...round.tools },
    toolErrors: round.toolErrors,
    retries: round.retries,
    denials: round.denials,
    warnings: [...round.warnings],
    output,
  };
}
