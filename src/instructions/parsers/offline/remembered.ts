import type { Source } from "./source.ts";

/** Longer texts than this are refused, so a place and an end make one number. */
const LONGEST = 2 ** 24;

/**
 * A reading of a place whose answer is kept as long as the tokens it was read from. For what many ask of the same place: whoever looks
 * for a clause's end asks every word between. The answer may depend on nothing but the tokens, the place and the source's end.
 */
export function remembered<T>(
  read: (source: Source, at: number) => T,
): (source: Source, at: number) => T {
  const known = new WeakMap<Source["tokens"], Map<number, T>>();
  return (source, at) => {
    const { tokens, end } = source;
    const answers = known.get(tokens) ?? new Map<number, T>();
    if (answers.size === 0) known.set(tokens, answers);
    const key = end * LONGEST + at;
    const answer = answers.get(key);
    if (answer !== undefined || answers.has(key)) return answer as T;
    const found = read(source, at);
    answers.set(key, found);
    return found;
  };
}
