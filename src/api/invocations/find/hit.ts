/** What was found, and the looking for it. */
import type { Found } from "#contract/shapes/invocation-find.ts";

export type Hit = Omit<Found, "round" | "of">;

/** Looks through a stream from a byte on, chunk by chunk, and holds a line of it at the most. */
export interface Scanner {
  readonly push: (chunk: Buffer) => readonly Hit[];
  /** There is no more. */
  readonly end: () => readonly Hit[];
  /** Where another one can go on and finds all that this one has not. */
  readonly place: () => number;
}

/** What is looked for, for texts that are compared in lower case. */
export const lowered = (text: string): string => text.toLowerCase();

const AROUND = 100;

/** @param index where it stands in the text, in lower case */
export function hitIn(
  text: string,
  index: number,
  length: number,
  { at, type }: Pick<Hit, "at" | "type">,
): Hit {
  // A few characters are longer in lower case: then what is shown is that.
  const low = lowered(text);
  const shown = low.length === text.length ? text : low;
  const begin = Math.max(0, index - AROUND, shown.lastIndexOf("\n", index) + 1);
  const newline = shown.indexOf("\n", index + length);
  const line = newline < 0 ? shown.length : newline;
  const end = Math.min(line, index + length + AROUND);
  return { at, type, text: shown.slice(begin, end), from: index - begin, length };
}
