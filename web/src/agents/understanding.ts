/** What instructions became while they are written: the plan, or the refusal with its clauses found in the text. */
import { ProblemError } from "#contract/client.ts";
import type { Problem, Refusal } from "#contract/problem.ts";
import type { Plan } from "#domain/plan.ts";

import { problemOf } from "../api/problems.ts";
import { cardsOf, spansOf } from "./plan-cards.ts";
import { type KeyedSpan, spanOfClause } from "./spans.ts";

export type Understanding =
  | { readonly state: "nothing" }
  | { readonly state: "reading" }
  | { readonly state: "understood"; readonly plan: Plan }
  | { readonly state: "refused"; readonly refusal: Refusal }
  | { readonly state: "unknown"; readonly problem: Problem };

/** The words to mark: each step's, or the clauses that nothing can carry out. */
export function spansToMark(text: string, understanding: Understanding): readonly KeyedSpan[] {
  if (understanding.state === "understood") return spansOf(cardsOf(understanding.plan));
  if (understanding.state !== "refused") return [];
  return understanding.refusal.details.flatMap(({ text: clause }, index) => {
    const span = spanOfClause(text, clause);
    return span === undefined ? [] : [{ key: String(index), ...span }];
  });
}

export function understandingOf(agent: {
  readonly plan: Plan | null;
  readonly parseError: Refusal | null;
}): Understanding {
  if (agent.plan !== null) return { state: "understood", plan: agent.plan };
  return agent.parseError === null
    ? { state: "nothing" }
    : { state: "refused", refusal: agent.parseError };
}

/** What a failed preview means: most often the refusal, sometimes that the server could not be asked. */
export function understandingOfError(error: unknown): Understanding {
  const refusal = error instanceof ProblemError ? error.problem.error : undefined;
  return refusal === undefined
    ? { state: "unknown", problem: problemOf(error) }
    : { state: "refused", refusal };
}
