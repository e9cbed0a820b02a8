import { matchAt, pattern } from "../pattern.ts";
import { type Read, type Source, tokenAt } from "../source.ts";
import type { Token } from "../tokens.ts";

const OF = pattern("[the|a] <known> of a|an|any|the|each|every");
const PATH = /^(contact|deal)\.(\w+)$/i;

/**
 * "the stage of a deal" and "deal.stage" as "deal's stage", which is how events are told; `next` is how many tokens fewer the
 * words then are.
 */
export function writePossessive(source: Source, at: number): Read<Source> | undefined {
  const match = matchAt(source, at, OF);
  if (match !== undefined) return ofNoun(source, at, match.next);
  const [, noun, field] = PATH.exec(tokenAt(source, at).text) ?? [];
  if (noun === undefined || field === undefined) return undefined;
  return replace(source, at, at + 1, [noun.toLowerCase(), "'s", field.toLowerCase()]);
}

/** The noun stands at `at`, its field between. */
function ofNoun(source: Source, from: number, at: number): Read<Source> | undefined {
  const start = ["the", "a"].includes(tokenAt(source, from).word) ? from + 1 : from;
  const field = source.tokens.slice(start, at - 2).map(({ word }) => word);
  const noun = tokenAt(source, at).word;
  return replace(source, from, at + 1, [noun, "'s", ...field]);
}

function replace(source: Source, from: number, to: number, words: readonly string[]): Read<Source> {
  const place = tokenAt(source, from);
  const made = words.map((word): Token => ({
    ...place,
    kind: "word",
    word,
    lemma: word,
    text: word,
  }));
  const tokens = [...source.tokens.slice(0, from), ...made, ...source.tokens.slice(to)];
  const shift = to - from - words.length;
  return { value: { ...source, tokens, end: source.end - shift }, next: shift };
}
