/** Where in the instructions a name stands, and how another one would be written there. */
import type { Span } from "#domain/plan.ts";

export interface Spot {
  readonly span: Span;
  /** Whether it is written in words ("lead score") where the plan has one name (`leadScore`). */
  readonly isSpaced: boolean;
}

export function spotOf(words: string, within: Span | undefined, name: string): Spot | undefined {
  const { start, end } = within ?? { start: 0, end: words.length };
  const text = words.slice(start, end);
  for (const [index, spelling] of spellings(name).entries()) {
    const match = asWord(spelling).exec(text);
    if (match === null) continue;
    const from = start + match.index;
    return { span: { start: from, end: from + match[0].length }, isSpaced: index % 2 === 1 };
  }
  return undefined;
}

/** As it is and in words; then without what stands before its last dot. */
function spellings(name: string): readonly string[] {
  const last = name.slice(name.lastIndexOf(".") + 1);
  return [name, inWords(name), last, inWords(last)].filter((one) => one !== "");
}

export function inWords(name: string): string {
  return name.replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, " ").replaceAll("_", " ");
}

function asWord(spelling: string): RegExp {
  const escaped = spelling.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped}(?![\p{L}\p{N}])`, "iu");
}
