/** What instructions became while they are written: the plan, or the refusal with its clauses found in the text. */
import { ProblemError } from "#contract/client.ts";
import type { Problem, Refusal } from "#contract/problem.ts";
import type { PlanProblem } from "#contract/shapes/plan-problems.ts";
import type { Plan, Span } from "#domain/plan.ts";

import { problemOf } from "../api/problems.ts";
import { type Note, notesOfProblems, notesOfRefusal } from "./notes.ts";
import { cardsOf, spansOf } from "./plan-cards.ts";
import { carrySpans, type KeyedSpan } from "./spans.ts";

export type Understanding =
  | { readonly state: "nothing" }
  | { readonly state: "reading" }
  | {
      readonly state: "understood";
      readonly plan: Plan;
      readonly problems: readonly PlanProblem[];
      /** Which words were taken for remarks. */
      readonly reading: { readonly remarks: readonly Span[] };
    }
  | { readonly state: "refused"; readonly refusal: Refusal }
  | { readonly state: "unknown"; readonly problem: Problem };

/** An understanding, with the text that it is about. */
export interface Answer {
  readonly of: string;
  readonly understanding: Understanding;
}

/** By which the trigger's card and its words light each other. */
export const TRIGGER_KEY = "trigger";

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

/** The words to mark in the text as it stands now: each step's, and those that something is wrong with. */
export function spansToMark(text: string, answer: Answer): readonly KeyedSpan[] {
  const { of, understanding } = answer;
  const steps = understanding.state === "understood" ? spansOfPlan(understanding.plan) : [];
  const noted = notesOf(answer).flatMap(({ lights, tone, span }) =>
    span === undefined ? [] : [{ key: lights, tone, ...span }],
  );
  const said = remarksOf(answer).map(({ key, span }) => ({ key, tone: "grey" as const, ...span }));
  return carrySpans(of, text, [...steps, ...said, ...noted]);
}

export interface Remark {
  /** By which it and its words light each other. */
  readonly key: string;
  readonly words: string;
  readonly span: Span;
}

/** What was taken for remarks, in the order of the text: no step comes of it. */
export function remarksOf({ of, understanding }: Answer): readonly Remark[] {
  if (understanding.state !== "understood") return [];
  return understanding.reading.remarks.map((span, index) => ({
    key: `remark:${index}`,
    words: of.slice(span.start, span.end),
    span,
  }));
}

function spansOfPlan(plan: Plan): readonly KeyedSpan[] {
  const named = plan.trigger?.span;
  const steps = spansOf(cardsOf(plan));
  return named === undefined ? steps : [{ key: TRIGGER_KEY, ...named }, ...steps];
}

/** What is to be said about single words, in the order of the text. */
export function notesOf({ of, understanding }: Answer): readonly Note[] {
  if (understanding.state === "refused") return notesOfRefusal(of, understanding.refusal);
  if (understanding.state !== "understood") return [];
  return notesOfProblems(of, understanding.problems);
}

/** The same, where their words stand in the text as it is now; without those whose words are gone. */
export function notesIn(text: string, answer: Answer): readonly Note[] {
  return notesOf(answer).flatMap((note) => {
    if (note.span === undefined) return [];
    const [span] = carrySpans(answer.of, text, [{ key: note.key, ...note.span }]);
    return span === undefined ? [] : [{ ...note, span }];
  });
}

export function understandingOf(agent: {
  readonly plan: Plan | null;
  readonly parseError: Refusal | null;
  readonly problems?: readonly PlanProblem[] | undefined;
  readonly reading: { readonly remarks: readonly Span[] };
}): Understanding {
  const { plan, problems = [], reading } = agent;
  if (plan !== null) return { state: "understood", plan, problems, reading };
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
