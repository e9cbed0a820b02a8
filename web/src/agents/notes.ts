/** What is to be said about single words of the instructions: why they cannot be carried out, and what to do about it. */
import type { Refusal } from "#contract/problem.ts";
import type { PlanProblem } from "#contract/shapes/plan-problems.ts";
import type { Span } from "#domain/plan.ts";

import { type Fix, fixesOf } from "./fixes.ts";
import { spanOfClause } from "./spans.ts";

export interface Note {
  readonly key: string;
  /** What the note and its words light: the step that they belong to, else the note itself. */
  readonly lights: string;
  /** The step whose card shows it; empty for the plan as a whole. */
  readonly path: string;
  readonly tone: "red" | "orange";
  readonly words: string;
  /** Where the words stand; undefined where the note is about the whole. */
  readonly span: Span | undefined;
  readonly reason: string;
  readonly advice: string;
  readonly fixes: readonly Fix[];
}

export function notesOfRefusal(text: string, { details }: Refusal): readonly Note[] {
  let from = 0;
  return details.map(({ text: clause, reason, suggestion }, index) => {
    const whole = spanOfClause(text, clause, from) ?? spanOfClause(text, clause);
    from = whole?.end ?? from;
    const span = whole === undefined ? undefined : narrow(text, whole, reason);
    const key = `note:${index}`;
    return {
      key,
      lights: key,
      path: "",
      tone: "red",
      words: span === undefined ? clause.trim() : text.slice(span.start, span.end),
      span,
      reason,
      advice: suggestion,
      fixes: span === undefined ? [] : fixesOf(text, span, { reason, suggestion }),
    };
  });
}

/** What a plan that is understood meets in the workspace: an error keeps it from running, a warning does not. */
export function notesOfProblems(text: string, problems: readonly PlanProblem[]): readonly Note[] {
  return problems.map((problem, index) => {
    const { path, severity, message, suggestion, instead } = problem;
    const span = problem.span ?? undefined;
    const key = `note:${index}`;
    return {
      key,
      lights: path === "" ? key : path,
      path,
      tone: severity === "error" ? "red" : "orange",
      words: span === undefined ? "" : text.slice(span.start, span.end),
      span,
      reason: message,
      advice: suggestion ?? "",
      fixes:
        span === undefined || instead === null
          ? []
          : [{ label: `Replace by “${instead}”`, edit: { ...span, text: instead } }],
    };
  });
}

const LEFT_OVER = /^"(.+)" is not understood/s;
const LINKED = /(?:[,;.:]|\b(?:and|then|also)|->|→)\s*$/i;

/** The part of a clause that its reason names, where it stands for itself behind "and" or "then". */
function narrow(text: string, whole: Span, reason: string): Span {
  const words = LEFT_OVER.exec(reason)?.[1] ?? "";
  const part = spanOfClause(text, words, whole.start);
  const isOwn =
    part !== undefined && part.end <= whole.end && LINKED.test(text.slice(whole.start, part.start));
  return isOwn ? part : whole;
}
