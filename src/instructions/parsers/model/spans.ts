/**
 * Gives each planStep of a model's plan the span of the words that it quotes. Spans keep the order of the steps, and
 * those of an `if`'s branches stand inside its own; a prohibition holds for the whole text, so its words stand anywhere.
 * Words that are not in the text, or in another order, are covered by what lies between their neighbours, and said to be
 * rough.
 */
import type { Span } from "#domain/plan.ts";

import { type QuoteFinder, quoteFinder } from "./quotes.ts";

/** A step as a model says it: its quote where the plan has a span, unread in all else. */
export interface QuotedStep {
  readonly quote?: unknown;
  readonly type?: unknown;
  readonly then?: unknown;
  readonly else?: unknown;
  readonly [field: string]: unknown;
}

interface SpannedStep {
  readonly span: Span;
  readonly [field: string]: unknown;
}

/** The part of a text that steps may point at. */
interface Place {
  readonly text: string;
  readonly finder: QuoteFinder;
  readonly from: number;
  readonly to: number;
}

/** @param text not blank */
export function spanSteps(steps: readonly QuotedStep[], text: string): readonly SpannedStep[] {
  const from = Math.max(text.search(/\S/), 0);
  return spanList(steps, { text, finder: quoteFinder(text), from, to: text.trimEnd().length });
}

/** The trigger with the span of its words, wherever they stand; without one where they are not in the text. */
export function spanTrigger(trigger: unknown, text: string): unknown {
  if (typeof trigger !== "object" || trigger === null) return trigger;
  const { quote, ...rest } = trigger as QuotedStep;
  return { ...rest, span: quoteFinder(text).find(quoteOf({ quote }), 0, text.length) };
}

export const stepsIn = (list: unknown): readonly QuotedStep[] =>
  Array.isArray(list)
    ? list.filter((step): step is QuotedStep => typeof step === "object" && step !== null)
    : [];

function spanList(steps: readonly QuotedStep[], place: Place): readonly SpannedStep[] {
  const { finder, from, to } = place;
  const apart = steps.map((step) =>
    isProhibition(step) ? finder.find(quoteOf(step), from, to) : undefined,
  );
  const inLine = steps.filter((_, index) => apart[index] === undefined);
  const line = fillGaps(findInOrder(inLine.map(quoteOf), place), place)[Symbol.iterator]();
  const spans = apart.map((span): Span => span ?? line.next().value ?? { start: from, end: to });
  return steps.map((step, index) => spanBranches(step, spans[index], spans[index + 1], place));
}

const quoteOf = ({ quote }: QuotedStep): string => (typeof quote === "string" ? quote : "");

const isProhibition = (step: QuotedStep): boolean =>
  step.type === "skip" && /^(?:do|never|no|not)/i.test(quoteOf(step).trim());

type Found = Span | undefined;

function findInOrder(quotes: readonly string[], place: Place): readonly Found[] {
  return quotes.reduce<readonly Found[]>((found, quote) => findNext(found, quote, place), []);
}

/** After the words of the step before it, else among them: "If no reply after 3 days" is a wait and an if. */
function findNext(found: readonly Found[], quote: string, place: Place): readonly Found[] {
  const { finder, from, to } = place;
  const last = found.findLastIndex((span) => span !== undefined);
  const before = found[last] ?? { start: from, end: from };
  const ahead = finder.find(quote, before.end, to) ?? finder.find(quote, before.start, to);
  if (ahead !== undefined) return [...found, ahead];
  const behind = finder.find(quote, floorOf(found.slice(0, last), from), to);
  if (behind === undefined || behind.end <= before.start) return [...found, undefined];
  return [...found.with(last, { ...before, start: behind.start }), behind];
}

/** Where the steps before the last one have come to: it may be widened so far. */
const floorOf = (found: readonly Found[], from: number): number =>
  found.findLast((span) => span !== undefined)?.start ?? from;

function fillGaps(found: readonly Found[], place: Place): readonly Span[] {
  const spans: Span[] = [];
  for (const [index, span] of found.entries()) {
    const after = found.slice(index + 1).find((next) => next !== undefined);
    spans.push(span ?? between(spans.at(-1), after, place));
  }
  return spans;
}

function between(before: Found, after: Found, { text, from, to }: Place): Span {
  const start = before?.end ?? from;
  const gap = text.slice(start, Math.max(start, after?.start ?? to));
  const words = gap.trim();
  if (/[\p{L}\p{N}]/u.test(words)) {
    const begin = start + gap.indexOf(words);
    return { start: begin, end: begin + words.length, rough: true };
  }
  if (before !== undefined) return { ...before, rough: true };
  return { start: from, end: after?.end ?? to, rough: true };
}

/** An `if` reaches to the end of its branches, which stand between its own words and the next step's. */
function spanBranches(
  { quote: _quote, ...step }: QuotedStep,
  span: Span = { start: 0, end: 0 },
  next: Found,
  place: Place,
): SpannedStep {
  if (step.type !== "if") return { ...step, span };
  const within = { ...place, from: span.start, to: Math.max(span.end, next?.start ?? place.to) };
  const then = spanList(stepsIn(step.then), within);
  const begun = then.at(-1)?.span.end ?? span.start;
  const rest = begun < within.to ? { ...within, from: begun } : within;
  const otherwise = spanList(stepsIn(step.else), rest);
  const end = Math.max(span.end, ...[...then, ...otherwise].map((inner) => inner.span.end));
  return {
    ...step,
    span: { ...span, end },
    ...(step.then !== undefined && { then }),
    ...(step.else !== undefined && { else: otherwise }),
  };
}
