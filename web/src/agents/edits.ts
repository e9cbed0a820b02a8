/** Changes of a text at a place: what a button does that writes for a person. */
import type { Span } from "#domain/plan.ts";

export interface Edit extends Span {
  readonly text: string;
}

export function applyEdit(text: string, { start, end, text: words }: Edit): string {
  return text.slice(0, start) + words + text.slice(end);
}

const SENTENCE_BEFORE = /(?:^|[.!?:\n]|(?:^|\n)\s*(?:[-*•]|\d+[.)]))\s*$/;

/** Other words in the same place, with a capital where a sentence begins. */
export function replaceWords(text: string, span: Span, words: string): Edit {
  const begins = SENTENCE_BEFORE.test(text.slice(0, span.start));
  const first = words.charAt(0);
  return { ...span, text: (begins ? first.toUpperCase() : first) + words.slice(1) };
}

const LINK_BEFORE = /(?:[,;]|->|→)?\s*(?:\b(?:and then|and|then|also)\b)?\s*$/i;
const MARKS_BEHIND = /^[\s]*[.,;!]?[^\S\n]*/;

/** Without the words, and without what only joined them to others. */
export function removeWords(text: string, { start, end }: Span): Edit {
  const before = text.slice(0, start);
  const behind = text.slice(end);
  if (SENTENCE_BEFORE.test(before)) {
    const next = end + (MARKS_BEHIND.exec(behind)?.[0].length ?? 0);
    const first = text.charAt(next);
    const capital = first.toUpperCase();
    if (capital === first) return { start, end: next, text: "" };
    return { start, end: next + 1, text: capital };
  }
  return { start: start - (LINK_BEFORE.exec(before)?.[0].length ?? 0), end, text: "" };
}

/** Without its full stop and its capital, as it may stand within a sentence. */
export function lowered(words: string): string {
  const plain = words.replace(/\.\s*$/, "");
  return plain.charAt(0).toLowerCase() + plain.slice(1);
}

/** One more sentence at the end. */
export function addSentence(text: string, words: string): Edit {
  const kept = text.trimEnd();
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  const closed = kept === "" || /[.!?;:]["'”’]?$/.test(kept);
  const link = kept === "" ? "" : `${closed ? "" : "."}${kept.includes("\n") ? "\n" : " "}`;
  const end = /[.!?]["'”’]?$/.test(sentence) ? "" : ".";
  return { start: kept.length, end: text.length, text: `${link}${sentence}${end}` };
}
