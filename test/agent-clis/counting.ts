/** What Stint tells of an invocation, held against what its model has counted. */
import assert from "node:assert/strict";

import { decimalDollars } from "#domain/money.ts";

import { shown } from "../acceptance/invoking.ts";
import type { Answer, Ask } from "../acceptance/server.ts";
import { countedBy, type Real } from "./real.ts";

/** A round, an invocation and an execution tell it by the same names. */
type Telling = Pick<Answer["body"], "tokens" | "cost" | "costUnknown">;

export function isCounted({ tokens, cost, costUnknown }: Telling, real: Real, n: number): void {
  const { input, cacheRead, cacheWrite, output } = tokens ?? {};
  const { nano, ...counted } = countedBy(real, n);
  assert.deepEqual(
    { input, cacheRead, cacheWrite, output, cost, costUnknown },
    { ...counted, cost: decimalDollars(nano), costUnknown: 0 },
  );
}

/**
 * Each round by itself, and their sum wherever it is told.
 * @param answers how often the model has answered in each round
 */
export async function areCounted(
  asking: { readonly ask: Ask },
  id: string,
  real: Real,
  answers: readonly number[],
): Promise<void> {
  const invocation = await shown(asking, id);
  assert.equal(invocation.roundList.length, answers.length);
  for (const [index, round] of invocation.roundList.entries())
    isCounted(round, real, answers[index] ?? 0);
  const all = answers.reduce((sum, n) => sum + n, 0);
  isCounted(invocation, real, all);
  const { body } = await asking.ask("GET", `executions/${id}`);
  // Sums of executions hold what was told, to which what was not told adds nothing.
  isCounted(body, { ...real, once: { ...real.once, cacheWrite: real.once.cacheWrite ?? 0 } }, all);
}
