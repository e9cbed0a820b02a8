/** Which words of a text became which step: the text cut into pieces, each with the steps that it belongs to. */
import type { Span } from "#domain/plan.ts";

export interface KeyedSpan extends Span {
  readonly key: string;
}

export interface Piece {
  readonly text: string;
  readonly start: number;
  /** From the outermost span to the innermost; empty for words that became nothing. */
  readonly keys: readonly string[];
}

/** The pieces joined are the text. Spans may nest, touch, overlap, or reach beyond the text's end. */
export function cutBySpans(text: string, spans: readonly KeyedSpan[]): readonly Piece[] {
  const fitting = spans
    .map(({ key, start, end }) => ({
      key,
      start: Math.max(0, start),
      end: Math.min(text.length, end),
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
    return { text: text.slice(start, end), start, keys: around.map(({ key }) => key) };
  });
}

/** The innermost step at a place in the text, such as the caret's; at a span's end it still is that span's. */
export function keyAt(spans: readonly KeyedSpan[], place: number): string | undefined {
  const around = spans.filter(({ start, end }) => start <= place && place <= end);
  return around.toSorted((a, b) => a.end - a.start - (b.end - b.start))[0]?.key;
}

/** Where a refused clause stands in the text that it was taken from. */
export function spanOfClause(text: string, clause: string): Span | undefined {
  const wanted = clause.trim();
  if (wanted === "") return undefined;
  const start = text.toLowerCase().indexOf(wanted.toLowerCase());
  return start === -1 ? undefined : { start, end: start + wanted.length };
}
