/** What is to be said about single words of the instructions: why they cannot be carried out, and what to do about it. */
import type { Refusal } from "#contract/problem.ts";
import type { Span } from "#domain/plan.ts";

import { type Fix, fixesOf } from "./fixes.ts";
import { spanOfClause } from "./spans.ts";

export interface Note {
  /** By which the note and its words light each other. */
  readonly key: string;
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
    return {
      key: `note:${index}`,
      tone: "red",
      words: span === undefined ? clause.trim() : text.slice(span.start, span.end),
      span,
      reason,
      advice: suggestion,
      fixes: span === undefined ? [] : fixesOf(text, span, { reason, suggestion }),
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
