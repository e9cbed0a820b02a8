import { thirdPersonOf } from "../lexicon.ts";
import { type Source, tokenAt } from "../source.ts";

/** "upon a deal moving to Won", "a contact replying": as events are told, "a deal moves to Won"; the gerund stands at the place. */
export function writeGerund(source: Source, at: number): Source {
  const { kind, word, lemma, isCapital } = tokenAt(source, at);
  if (kind !== "word" || isCapital || !word.endsWith("ing") || word === "being") return source;
  const told = lemma === word ? thirdOf(word.slice(0, -3)) : thirdPersonOf(lemma);
  const tokens = source.tokens.map((token, place) =>
    place === at ? { ...token, word: told } : token,
  );
  return { ...source, tokens };
}

/** Of a verb's stem: "fills", "arrives". */
function thirdOf(stem: string): string {
  return stem + (/[mvszcgu]$/.test(stem) ? "es" : "s");
}
