/** What instructions became while they are written: the plan, or the refusal with its clauses found in the text. */
import { ProblemError } from "#contract/client.ts";
import type { Problem, Refusal } from "#contract/problem.ts";
import type { Plan } from "#domain/plan.ts";

import { problemOf } from "../api/problems.ts";
import { notesOfRefusal } from "./notes.ts";
import { cardsOf, spansOf } from "./plan-cards.ts";
import { carrySpans, type KeyedSpan } from "./spans.ts";

export type Understanding =
  | { readonly state: "nothing" }
  | { readonly state: "reading" }
  | { readonly state: "understood"; readonly plan: Plan }
  | { readonly state: "refused"; readonly refusal: Refusal }
  | { readonly state: "unknown"; readonly problem: Problem };

/** An understanding, with the text that it is about. */
export interface Answer {
  readonly of: string;
  readonly understanding: Understanding;
}

/** What is shown beside a text: the newest answer there is, and whether a newer one is on its way. */
export interface Reading extends Answer {
  readonly isBehind: boolean;
}

/** The last answer stays until the next one is there; of an empty text there is nothing to say. */
export function readingOf(text: string, newest: Answer | undefined): Reading {
  if (text.trim() === "") return { of: text, understanding: { state: "nothing" }, isBehind: false };
  if (newest === undefined || newest.understanding.state === "nothing")
    return { of: text, understanding: { state: "reading" }, isBehind: true };
  return { ...newest, isBehind: newest.of !== text };
}

/** The words to mark in the text as it stands now: each step's, or the clauses that nothing can carry out. */
export function spansToMark(text: string, { of, understanding }: Answer): readonly KeyedSpan[] {
  return carrySpans(of, text, spansIn(of, understanding));
}

function spansIn(text: string, understanding: Understanding): readonly KeyedSpan[] {
  if (understanding.state === "understood") return spansOf(cardsOf(understanding.plan));
  if (understanding.state !== "refused") return [];
  return notesOfRefusal(text, understanding.refusal).flatMap(({ key, span }) =>
    span === undefined ? [] : [{ key, ...span }],
  );
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
