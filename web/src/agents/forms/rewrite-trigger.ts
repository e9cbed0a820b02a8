/** A trigger as words: said before the first step, or behind the last one, or nowhere yet. */
import type { NamedTrigger, Plan } from "#domain/plan.ts";

import { type Edit, lowered, removeWords, replaceWords } from "../edits.ts";

/** From the way that keeps most of what stands around the trigger to the one that keeps the steps alone. */
export function waysToSayTrigger(
  text: string,
  plan: Plan,
  words: string | undefined,
): readonly Edit[] {
  const spans = plan.steps.flatMap(({ span }) => (span === undefined ? [] : [span]));
  const first = Math.min(text.length, ...spans.map(({ start }) => start));
  const last = Math.max(first, ...spans.map(({ end }) => end));
  const kept = plan.trigger === undefined ? [first] : beginnings(text.slice(0, first));
  const steps = text.slice(first);
  const say = (keep: number, rest: string): readonly Edit[] =>
    waysOf(words, rest).map((way) => ({ start: keep, end: text.length, text: way }));
  return [
    ...inPlace(text, plan.trigger, words),
    ...kept.flatMap((keep) => say(keep, steps)),
    // Said behind the steps: "… every Thursday", "Do this on weekdays".
    ...(plan.trigger === undefined ? [] : say(first, text.slice(first, last))),
  ];
}

/** Where it was said so far. */
function inPlace(
  text: string,
  trigger: NamedTrigger | undefined,
  words: string | undefined,
): readonly Edit[] {
  const span = trigger?.span;
  if (span === undefined) return [];
  return [words === undefined ? removeWords(text, span) : replaceWords(text, span, lowered(words))];
}

/** Where a sentence begins in what stands before the first step, the last one first: a preamble stays. */
function beginnings(before: string): readonly number[] {
  const ends = [...before.matchAll(/[.:;\n]\s*/g)].map(({ index, 0: mark }) => index + mark.length);
  return [0, ...ends.filter((end) => end < before.length)].toReversed().slice(0, 4);
}

function waysOf(words: string | undefined, rest: string): readonly string[] {
  if (words === undefined) return [rest.charAt(0).toUpperCase() + rest.slice(1)];
  const small = rest.charAt(0).toLowerCase() + rest.slice(1);
  return [`${words}, ${small}`, `${words}: ${small}`];
}
