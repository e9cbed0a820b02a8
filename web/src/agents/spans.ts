/** Which words of a text became which step: the text cut into pieces, each with the steps that it belongs to. */
import type { Span } from "#domain/plan.ts";

export interface KeyedSpan extends Span {
  readonly key: string;
  /** Of words that something is wrong with; grey of those that no step comes of. */
  readonly tone?: "red" | "orange" | "grey";
  /** The words around the step's own: those could not be told. */
  readonly rough?: true | undefined;
}

export interface Piece {
  readonly text: string;
  readonly start: number;
  /** From the outermost span to the innermost; empty for words that became nothing. */
  readonly keys: readonly string[];
  readonly tone: KeyedSpan["tone"] | undefined;
  /** Whether nothing nearer than a rough span is around it. */
  readonly isRough: boolean;
}

/** The pieces joined are the text. Spans may nest, touch, overlap, or reach beyond the text's end. */
export function cutBySpans(text: string, spans: readonly KeyedSpan[]): readonly Piece[] {
  const fitting = spans
    .map((span) => ({
      ...span,
      start: Math.max(0, span.start),
      end: Math.min(text.length, span.end),
    }))
    .filter(({ start, end }) => start < end);
  const edges = [
    ...new Set([0, text.length, ...fitting.flatMap(({ start, end }) => [start, end])]),
  ].toSorted((a, b) => a - b);
  return edges.slice(0, -1).map((start, index) => {
    const end = edges[index + 1] ?? text.length;
    const around = fitting
      .filter((span) => span.start <= start && span.end >= end)
      .toSorted((a, b) => b.end - b.start - (a.end - a.start));
    const tone = around.findLast((span) => span.tone !== undefined)?.tone;
    const isRough = around.length > 0 && around.every(({ rough }) => rough === true);
    const keys = around.map(({ key }) => key);
    return { text: text.slice(start, end), start, keys, tone, isRough };
  });
}

/** The innermost step at a place in the text, such as the caret's; at a span's end it still is that span's. */
export function keyAt(spans: readonly KeyedSpan[], place: number): string | undefined {
  const around = spans.filter(({ start, end }) => start <= place && place <= end);
  return around.toSorted((a, b) => a.end - a.start - (b.end - b.start))[0]?.key;
}

/** Where a refused clause stands in the text that it was taken from, at or after a place. */
export function spanOfClause(text: string, clause: string, from = 0): Span | undefined {
  const wanted = clause.trim();
  if (wanted === "") return undefined;
  const start = text.toLowerCase().indexOf(wanted.toLowerCase(), from);
  return start === -1 ? undefined : { start, end: start + wanted.length };
}

/**
 * Where spans of a text lie after it was edited, as far as one can tell before it is read again: what stands before the
 * edit stays, what stands behind it moves along, what was typed inside a span belongs to it.
 */
export function carrySpans(
  from: string,
  to: string,
  spans: readonly KeyedSpan[],
): readonly KeyedSpan[] {
  if (from === to) return spans;
  const { head, tail } = sharedEnds(from, to);
  const rest = from.length - tail;
  const grown = to.length - from.length;
  // Words that are put right before a span are not its own, nor are those right behind it.
  const startOf = (at: number): number => {
    if (at >= rest) return at + grown;
    return at <= head ? at : to.length - tail;
  };
  const endOf = (at: number): number => {
    if (at <= head) return at;
    return at >= rest ? at + grown : head;
  };
  return spans
    .map((span) => ({ ...span, start: startOf(span.start), end: endOf(span.end) }))
    .filter(({ start, end }) => start < end);
}

/** How many characters two texts share at their beginning, and how many of the rest at their end. */
function sharedEnds(one: string, other: string): { readonly head: number; readonly tail: number } {
  const most = Math.min(one.length, other.length);
  let head = 0;
  while (head < most && one[head] === other[head]) head++;
  let tail = 0;
  while (tail < most - head && one.at(-1 - tail) === other.at(-1 - tail)) tail++;
  return { head, tail };
}
